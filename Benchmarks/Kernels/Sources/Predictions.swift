import SeriesFiles

func runPredictions(_ arguments: Arguments) throws {
    let (train, test) = (arguments.text("train") ?? "-", arguments.text("test") ?? "-")
    try predictions(train: train, test: test, shownAs: (train, test), CaseOptions(), write: write)
}
