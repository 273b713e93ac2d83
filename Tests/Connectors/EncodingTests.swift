import CZlib
import Foundation
import Records
import Testing

@testable import Connectors

@Suite("Character sets and packing")
struct EncodingTests {
    private let danish = "Ticket ID;Oprettet;Kategori;Titel\nS1;2024-03-05 10:00;Køkken;Rød grød på Ærø\n"
    private let chinese = "工单编号,创建时间,类别,标题\nT1,2024-03-05 10:00,网络故障,打印机无法连接到服务器\n"

    private func bytes(_ text: String, _ encoding: String.Encoding) throws -> [UInt8] {
        Array(try #require(text.data(using: encoding)))
    }

    /// CP1252 and GB18030 as the C library writes them.
    private func converted(_ text: String, to name: String) throws -> [UInt8] {
        switch name {
        case "Windows-1252": return try bytes(text, .windowsCP1252)
        default:
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/iconv")
            process.arguments = ["-f", "UTF-8", "-t", name]
            let (input, output) = (Pipe(), Pipe())
            process.standardInput = input
            process.standardOutput = output
            try process.run()
            input.fileHandleForWriting.write(Data(text.utf8))
            try input.fileHandleForWriting.close()
            let data = output.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            return Array(data)
        }
    }

    @Test("UTF-8 with and without its mark")
    func utf8() throws {
        for prefix in [[], [0xef, 0xbb, 0xbf]] as [[UInt8]] {
            let reading = try readBytes(prefix + Array(danish.utf8))
            #expect(reading.inspection.encoding == .utf8)
            #expect(reading.tickets.first?.title == "Rød grød på Ærø")
        }
    }

    @Test("UTF-16 in both orders, with and without its mark, Danish and Chinese, in pieces of any size")
    func utf16() throws {
        for text in [danish, chinese] {
            for (encoding, mark, expected) in [
                (String.Encoding.utf16LittleEndian, [0xff, 0xfe] as [UInt8], TextEncoding.utf16LittleEndian),
                (.utf16BigEndian, [0xfe, 0xff], .utf16BigEndian),
            ] {
                for prefix in [[], mark] {
                    for size in [1, 3, 1000] {
                        let reading = try readBytes(prefix + (try bytes(text, encoding)), pieceBytes: size)
                        #expect(reading.inspection.encoding == expected)
                        #expect(reading.tickets.first.map { !$0.title.isEmpty } == true)
                        #expect(
                            reading.names[reading.tickets[0].attributes[.category]]
                                == (text == danish ? "Køkken" : "网络故障"))
                    }
                }
            }
        }
    }

    @Test("Windows-1252 keeps æ, ø and å")
    func windows() throws {
        let reading = try readBytes(try converted(danish, to: "Windows-1252"))
        #expect(reading.inspection.encoding == .windows1252)
        #expect(reading.tickets.first?.title == "Rød grød på Ærø")
        #expect(reading.name(.category) == "Køkken")
    }

    @Test("GB18030 keeps Chinese, in pieces of any size", arguments: [1, 2, 3, 4096])
    func gb(size: Int) throws {
        let reading = try readBytes(try converted(chinese, to: "GB18030"), pieceBytes: size)
        #expect(reading.inspection.encoding == .gb18030)
        #expect(reading.tickets.first?.title == "打印机无法连接到服务器")
    }

    @Test("Danish letters that GB18030 could hold too are still Danish")
    func notChinese() throws {
        let text = "id;oprettet;titel\n1;2024-03-05;pære\n2;2024-03-06;kælder\n3;2024-03-07;høns\n"
        let reading = try readBytes(try converted(text, to: "Windows-1252"))
        #expect(reading.tickets.map(\.title) == ["pære", "kælder", "høns"])
    }

    @Test("Letters that come only after the beginning still decide the encoding of the whole file")
    func late() throws {
        var text = "id;oprettet;titel\n"
        for i in 0..<20_000 { text += "\(i);2024-03-05 10:00;plain\n" }
        text += "last;2024-03-06 10:00;Rød grød\n"
        let reading = try readBytes(try converted(text, to: "Windows-1252"))
        #expect(reading.inspection.encoding == .windows1252)
        #expect(reading.tickets.last?.title == "Rød grød")
    }

    @Test("A few broken characters in UTF-8 are damage, and cost a letter each")
    func damaged() throws {
        var data = Array("id,created,title\n".utf8)
        for i in 0..<50 { data += Array("\(i),2024-03-05 10:00,Rød grød\n".utf8) }
        data += Array("x,2024-03-05 10:00,R".utf8) + [0xf8] + Array("d\n".utf8)
        let reading = try readBytes(data)
        #expect(reading.inspection.encoding == .utf8)
        #expect(reading.tickets.last?.title == "R\u{fffd}d")
    }

    @Test("Zero bytes are left out and counted")
    func zeros() throws {
        let reading = try readBytes(Array("id,created,title\n1,2024-03-05 10:00,a".utf8) + [0, 0] + Array("b\n".utf8))
        #expect(reading.tickets.first?.title == "ab")
        #expect(reading.doctor.zeroBytes == 2)
    }

    @Test("Text that was garbled before it came here is counted, with a line")
    func mojibake() throws {
        let reading = try readText(
            "id,created,title\n1,2024-03-05,fine æøå\n2,2024-03-05,SmÃ¸rrebrÃ¸d\n3,2024-03-06,ç½‘ç»œ\n")
        #expect(reading.doctor.mojibake?.cells == 2)
        #expect(reading.doctor.mojibake?.line == 3)
        let clean = try readText("id,created,title\n1,2024-03-05,Ærø Åse naïve Ångström Ã\n")
        #expect(clean.doctor.mojibake == nil)
    }

    // MARK: gzip

    private func packed(_ bytes: [UInt8]) throws -> [UInt8] {
        var stream = unsafe z_stream()
        var out = [UInt8](repeating: 0, count: bytes.count + 1000)
        var input = bytes
        unsafe deflateInit2_(
            &stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        let count = unsafe input.withUnsafeMutableBufferPointer { from in
            unsafe out.withUnsafeMutableBufferPointer { to in
                unsafe stream.next_in = from.baseAddress
                unsafe stream.avail_in = UInt32(from.count)
                unsafe stream.next_out = to.baseAddress
                unsafe stream.avail_out = UInt32(to.count)
                _ = unsafe deflate(&stream, Z_FINISH)
                return to.count - Int(unsafe stream.avail_out)
            }
        }
        unsafe deflateEnd(&stream)
        return Array(out[0..<count])
    }

    private var many: [UInt8] {
        var text = "id,created,title\n"
        var random = Seeded(state: 1)
        for i in 0..<5003 { text += "\(i),2024-03-05 10:00,\(UInt64.random(in: 0...UInt64.max, using: &random))\n" }
        return Array(text.utf8)
    }

    @Test("A packed file is known by its first bytes, in pieces of any size", arguments: [3, 777, 262_144])
    func gzip(size: Int) throws {
        let reading = try readBytes(try packed(many), pieceBytes: size)
        #expect(reading.inspection.isGzip)
        #expect(reading.tickets.count == 5003)
        #expect(reading.doctor.suspectedCuts.isEmpty)
    }

    @Test("Two packed parts, one behind the other, are one file")
    func members() throws {
        let reading = try readBytes(
            try packed(Array("id,created,title\n1,2024-03-05,a\n".utf8)) + (try packed(Array("2,2024-03-05,b\n".utf8))))
        #expect(reading.tickets.map(\.number) == ["1", "2"])
    }

    @Test("A cut packed file gives its rows before the cut, and the cut is told")
    func cut() throws {
        let whole = try packed(many)
        let reading = try readBytes(Array(whole[0..<whole.count / 2]))
        #expect(reading.tickets.count > 1000 && reading.tickets.count < 4000)
        #expect(reading.doctor.suspectedCuts.contains(.gzipEndsEarly))
        #expect(reading.inspection.isCut)
        #expect(reading.tickets[100].number == "100")
    }

    @Test("A packed file that is damaged in the middle is as one that was cut there")
    func damagedInside() throws {
        var whole = try packed(many)
        for i in whole.count / 2..<whole.count / 2 + 50 { whole[i] = 0xff }
        let reading = try readBytes(whole)
        #expect(reading.doctor.suspectedCuts.contains(.gzipEndsEarly))
        #expect(reading.tickets.first?.number == "0")
    }

    @Test("The hash is that of the bytes on disk, packed or not")
    func hash() throws {
        // By `b2sum -l 256`.
        let reading = try readText("id,created,title\n1,2024-03-05,a\n")
        #expect(
            reading.inspection.fileHash == "71123535114c4d440cc2736364229752e7016b372c58346e2b123411095f07b3")
        let again = try readText("id,created,title\n1,2024-03-05,a\n", pieceBytes: 1)
        #expect(again.inspection.fileHash == reading.inspection.fileHash)
        let other = try readText("id,created,title\n1,2024-03-05,b\n")
        #expect(other.inspection.fileHash != reading.inspection.fileHash)
    }
}
