import SeriesFiles

func runForecasts(_ arguments: Arguments) throws {
    var request = ForecastRequest(horizon: arguments.number("horizon") ?? 1)
    if arguments.text("season") != nil { request.seasons = arguments.numbers("season") }
    request.level = (arguments.text("level").flatMap { Double($0) } ?? 95) / 100
    request.isJSON = arguments.text("json") != nil
    request.limit = arguments.text("limit").flatMap { Double($0) }
    try forecasts(of: arguments.file, shownAs: arguments.file, request, write: write)
}
