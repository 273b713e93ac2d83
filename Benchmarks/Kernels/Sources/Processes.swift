import Connectors
import Records
import SeriesFiles

func runProcess(_ arguments: Arguments) throws {
    let options = EventOptions(
        caseName: arguments.text("case"), activity: arguments.text("activity"), time: arguments.text("time"),
        resource: arguments.text("resource"), timeFormat: arguments.text("time-format"))
    write(try processDocument(of: arguments.file, options, until: nil))
}
