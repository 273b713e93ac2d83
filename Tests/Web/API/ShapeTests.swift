import Foundation
import Records
import Store
import Testing

@testable import Web

@Suite("JSON that comes in")
struct JSONReaderTests {
    @Test(
        "What is no document is refused at its byte",
        arguments: [
            "", " ", "{", "}", "[1,", "[1 2]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "[1,]", "nul", "tru", "01", "-",
            "1.",
            "+1", ".5", "1e", "--1", "\"", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\u{1}\"", "{\"a\":1} x",
            "{\"a\":1,\"a\":2}", "NaN", "Infinity", "1e999", "'a'", "{a:1}",
        ])
    func broken(text: String) {
        #expect(throws: JSONFault.self) { try JSON(reading: Array(text.utf8)) }
    }

    @Test("Nested too deep is refused, and neither that nor bytes that are no text end the program")
    func depth() throws {
        let deep = Array((String(repeating: "[", count: 100_000)).utf8)
        #expect(throws: JSONFault.self) { try JSON(reading: deep) }
        #expect(throws: JSONFault.self) { try JSON(reading: [34, 0xFF, 34]) }
        let most = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect(throws: Never.self) { try JSON(reading: Array(most.utf8)) }
    }

    @Test("What we write we read, with the order of the members")
    func roundTrip() throws {
        let text = "{\"b\":[1,-2.5,true,false,null,{}],\"a\":\"æ 中 \\\"\\\\\\n\"}"
        #expect(try JSON(reading: Array(text.utf8)).text == text)
        let escaped = try JSON(reading: Array("\"\\u00e6 \\ud83d\\ude00 \\/\"".utf8))
        #expect(escaped.said == "æ 😀 /")
        #expect(
            try JSON(reading: [0xEF, 0xBB, 0xBF] + Array("[9007199254740993]".utf8)).items?.first?.whole
                == 9_007_199_254_740_993)
    }
}

@Suite("Shapes")
struct ShapeTests {
    private func trouble(_ shape: Shape, _ text: String, isAnswer: Bool = false) throws -> String? {
        shape.trouble(try JSON(reading: Array(text.utf8)), isAnswer: isAnswer).map { "\($0.place) \($0.reason)" }
    }

    @Test("What does not fit is told with its place; what fits is not touched")
    func fits() throws {
        let shape = Shape.of(
            .must("title", .text(most: 3)), .may("by", .day), .may("kind", .word(["a", "b"])),
            .may("list", .list(.of(.must("n", .whole(1...7))), most: 2)), .may("or", .optional(.number)))
        #expect(try trouble(shape, "{\"title\":\"abc\",\"by\":\"2026-02-28\",\"kind\":\"b\",\"or\":null}") == nil)
        #expect(try trouble(shape, "[]") == " must be an object")
        #expect(try trouble(shape, "{}") == "/title is missing")
        #expect(try trouble(shape, "{\"title\":1}") == "/title must be a text")
        #expect(try trouble(shape, "{\"title\":\"abcd\"}")?.hasPrefix("/title has 4 characters") == true)
        #expect(try trouble(shape, "{\"title\":\"a\",\"by\":\"2026-02-29\"}")?.hasPrefix("/by is no day") == true)
        #expect(try trouble(shape, "{\"title\":\"a\",\"kind\":\"c\"}") == "/kind “c” is none of: a, b")
        #expect(
            try trouble(shape, "{\"title\":\"a\",\"list\":[{\"n\":1},{\"n\":8}]}")
                == "/list/1/n 8 is not between 1 and 7")
        #expect(
            try trouble(shape, "{\"title\":\"a\",\"list\":[{\"n\":1},{\"n\":1},{\"n\":1}]}")?.contains("at most 2")
                == true)
        #expect(try trouble(shape, "{\"title\":\"a\",\"tilte\":1}")?.hasPrefix("/tilte is not known") == true)
        #expect(try trouble(shape, "{\"title\":\"a\",\"tilte\":1}", isAnswer: true) == nil)
    }

    @Test("The schema says the same: closed for what is taken, open for what is given")
    func schema() {
        let shape = Shape.of(.must("n", .whole(1...7), "How many"), .may("day", .day))
        #expect(
            shape.schema(isAnswer: false).text
                == "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":7,"
                + "\"description\":\"How many\"},\"day\":{\"type\":\"string\",\"format\":\"date\"}},"
                + "\"required\":[\"n\"],\"additionalProperties\":false}")
        #expect(!shape.schema(isAnswer: true).text.contains("additionalProperties"))
    }
}

@Suite("The line protocol of InfluxDB")
struct LineProtocolTests {
    private let parser = LineProtocol(precision: "ns", now: Moment(seconds: 1_760_000_000))

    @Test(
        "What is no reading is told, and nothing is made of it",
        arguments: [
            "weather", "weather temperature", "weather temperature=", "weather temperature=\"warm\"",
            "weather temperature=nan", "weather temperature=inf", "weather temperature=1e999", "weather,roof t=1",
            "weather t=1 noon", "weather t=1 1 2", "weather t=1 99999999999999999999",
        ])
    func broken(line: String) {
        #expect(throws: LineProtocol.Fault.self) { try parser.readings(line) }
    }

    @Test("Nothing comes of an empty line and of a remark")
    func nothing() throws {
        for line in ["", "   ", "# weather t=1", "\r"] { #expect(try parser.readings(line).isEmpty) }
    }

    @Test("Measurement, tags, fields and time become device, quantity, unit and moment")
    func readings() throws {
        let found = try parser.readings("weather,device=roof,unit=°C temperature=12.5,wet=t 1760000000000000000\r")
        #expect(
            found == [
                .init(
                    at: Moment(seconds: 1_760_000_000), device: "roof", quantity: "weather.temperature", unit: "°C",
                    value: 12.5),
                .init(
                    at: Moment(seconds: 1_760_000_000), device: "roof", quantity: "weather.wet", unit: "°C", value: 1),
            ])
        let plain = try parser.readings("disk\\ use,host=db\\,1 value=42i")
        #expect(
            plain == [
                .init(at: Moment(seconds: 1_760_000_000), device: "db,1", quantity: "disk use", unit: "", value: 42)
            ])
        #expect(try parser.readings("cpu,core=2 load=0.5").first?.device == "cpu,core=2")
        let seconds = LineProtocol(precision: "s", now: Moment(seconds: 0))
        #expect(try seconds.readings("a v=1 1760000000").first?.at == Moment(seconds: 1_760_000_000))
        #expect(throws: LineProtocol.Fault.self) { try seconds.readings("a v=1 1760000000000") }
    }
}

@Suite("Messages to other systems")
struct WebhookTests {
    @Test(
        "An address that cannot be used is none",
        arguments: [
            "", "example.org", "https://example.org", "http://", "ftp://a", "http://a b", "http://u:p@a/",
            "http://a:0/", "http://a/#x",
        ])
    func addresses(text: String) { #expect(OutgoingAddress(text) == nil) }

    @Test("Host, port and target are taken apart")
    func parts() throws {
        let address = try #require(OutgoingAddress("http://hooks.example.org:8081/in/%C3%A6?a=1"))
        #expect(address.host == "hooks.example.org" && address.port == 8081 && address.target == "/in/%C3%A6?a=1")
        #expect(OutgoingAddress("http://127.0.0.1")?.target == "/")
        #expect(OutgoingAddress("http://[::1]:9/")?.host == "::1")
    }

    @Test("A message that does not arrive is tried again with growing pauses, then given up; one that arrives is done")
    func backoff() {
        var delivery = Delivery(
            id: ID(1), webhook: ID(1), address: "http://a", announcement: 1, attempts: 0, nextAt: Moment(seconds: 0),
            state: .waiting, answer: "")
        #expect(delivery.tried(204, "204", at: Moment(seconds: 5)).state == .delivered)
        var pauses: [Int64] = []
        for _ in 1..<Backoff.attemptsMax {
            delivery = delivery.tried(500, "500", at: Moment(seconds: 0))
            #expect(delivery.state == .waiting && delivery.answer == "500")
            pauses.append(delivery.nextAt.seconds)
        }
        #expect(pauses.first == 60 && pauses == pauses.sorted() && pauses.last == 6 * 3600)
        #expect(pauses.reduce(0, +) > 48 * 3600)
        #expect(delivery.tried(nil, "gone", at: Moment(seconds: 0)).state == .givenUp)
    }
}
