import SeriesFiles

func runForecasts(_ arguments: Arguments) throws {
    try forecasts(
        of: arguments.file, shownAs: arguments.file, horizon: arguments.number("horizon") ?? 1,
        seasons: arguments.numbers("season"), level: 0.95, write: write)
}
