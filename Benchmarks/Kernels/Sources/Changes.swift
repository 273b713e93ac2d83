import SeriesFiles
import Statistics

func runChanges(_ arguments: Arguments) throws {
    try changes(
        of: arguments.file, shownAs: arguments.file, seasons: arguments.numbers("season"), write: write)
}
