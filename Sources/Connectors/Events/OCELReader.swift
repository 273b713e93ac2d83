import Processes
import Records

/// Reads object-centric event logs, OCEL 2.0 in JSON (Berti and others, "OCEL (Object-Centric Event Log) 2.0
/// Specification", 2024).
///
/// An event there belongs to any number of objects. A case is an object of one type: the type that is named, or the one that
/// most events belong to. An event that belongs to two such objects is an event of both.
struct OCELReader: ~Copyable {
    private static let depthMax = 64

    private let path: String
    private var tokens: JSONTokens
    private var file = EventFile()
    private var objects = Names()
    private var types = Names()
    /// By the code of the object.
    private var typeOf: [Int: Name] = [:]
    private var events: [(activity: Name, at: Int64)] = []
    private var relations: [(event: UInt32, object: UInt32)] = []
    private var clock = LocalClock(.utc)

    static func read(_ path: String, _ options: EventOptions) throws -> EventFile {
        var reader = OCELReader(path, try ByteSource(path: path))
        try reader.readAll()
        return try reader.finish(options)
    }

    private init(_ path: String, _ source: ByteSource) {
        self.path = path
        tokens = JSONTokens(path, source)
        file.form = .ocel
    }

    private mutating func readAll() throws {
        guard try tokens.next() == .beginObject else { throw tokens.broken("is not an object of JSON") }
        var hasEvents = false
        try eachKey { reader, key throws in
            switch key {
            case "events":
                hasEvents = true
                try reader.eachItem { reader throws in try reader.readEvent() }
            case "objects": try reader.eachItem { reader throws in try reader.readObject() }
            default: try reader.skipValue()
            }
        }
        guard try tokens.next() == .end else { throw tokens.broken("has more behind its end") }
        if !hasEvents {
            throw EventFileError(
                message: "\(path): has no “events”; is it an object-centric event log, OCEL 2.0 in JSON?")
        }
    }

    private mutating func readEvent() throws {
        file.rows += 1
        var activity = Name.none
        var time = ""
        var related: [UInt32] = []
        try eachKey { reader, key throws in
            switch key {
            case "type", "activity": activity = reader.file.log.activities.name(try reader.text())
            case "time", "timestamp": time = try reader.text()
            case "relationships":
                try reader.eachItem { reader throws in
                    try reader.eachKey { reader, key throws in
                        guard key == "objectId" else { return try reader.skipValue() }
                        related.append(reader.objects.name(try reader.text()).code)
                    }
                }
            default: try reader.skipValue()
            }
        }
        guard !activity.isNone else { return file.reject(file.rows, "has no type") }
        guard case .moment(let moment) = DateReader.moment(readDate(time.utf8.span), .dayFirst, &clock) else {
            return file.reject(file.rows, time.isEmpty ? "has no time" : "its time cannot be read: “\(time)”")
        }
        for object in Set(related).sorted() where object != 0 {
            relations.append((UInt32(events.count), object))
        }
        events.append((activity, moment.microseconds))
    }

    private mutating func readObject() throws {
        var id = Name.none
        var type = Name.none
        try eachKey { reader, key throws in
            switch key {
            case "id": id = reader.objects.name(try reader.text())
            case "type": type = reader.types.name(try reader.text())
            default: try reader.skipValue()
            }
        }
        if !id.isNone { typeOf[Int(id.code)] = type }
    }

    private mutating func finish(_ options: EventOptions) throws -> EventFile {
        var counts = [Int](repeating: 0, count: types.count)
        for relation in relations { counts[Int(typeOf[Int(relation.object)]?.code ?? 0)] += 1 }
        let known = (1..<max(1, types.count)).map { types[Name(code: UInt32($0))] }
        func type(_ wanted: String, _ option: String) throws -> UInt32 {
            if let found = types.existing(wanted), !found.isNone { return found.code }
            throw EventFileError(
                message: "\(path): has no objects of the type “\(wanted)” for --\(option); its types are: "
                    + known.joined(separator: ", "))
        }
        let most = counts.indices.dropFirst().max { (counts[$0], $1) < (counts[$1], $0) }
        guard let caseType = try options.caseName.map({ try type($0, "case") }) ?? most.map(UInt32.init) else {
            throw EventFileError(message: "\(path): its events belong to no objects; a case cannot be told")
        }
        let resourceType = try options.resource.map { try type($0, "resource") }
        var resourceOf = [Name](repeating: .none, count: events.count)
        if let resourceType {
            for relation in relations where typeOf[Int(relation.object)]?.code == resourceType {
                let name = objects[Name(code: relation.object)]
                resourceOf[Int(relation.event)] = file.log.resources.name(name)
            }
        }
        for relation in relations where typeOf[Int(relation.object)]?.code == caseType {
            let event = Int(relation.event)
            file.log.add(
                case: file.log.cases.name(objects[Name(code: relation.object)]), activity: events[event].activity,
                at: events[event].at, resource: resourceOf[event])
        }
        if file.log.count == 0 { throw EventFileError(message: "\(path): has no event that can be used") }
        return file
    }

    // MARK: The shape of JSON

    private var depth = 0

    private mutating func text() throws -> String {
        switch try tokens.next() {
        case .string(let text): return text
        case .number(let text): return text
        case .null: return ""
        default: throw tokens.broken("has something other than a text where a text is due")
        }
    }

    /// The keys of the object that begins here, or of the one whose beginning was read at the top.
    private mutating func eachKey(_ body: (inout OCELReader, String) throws -> Void) throws {
        if depth > 0 {
            guard try tokens.next() == .beginObject else { throw tokens.broken("has no object where one is due") }
        }
        depth += 1
        defer { depth -= 1 }
        var isFirst = true
        while true {
            var token = try tokens.next()
            if token == .endObject, isFirst { return }
            if !isFirst {
                if token == .endObject { return }
                guard token == .comma else { throw tokens.broken("has no comma between two keys; is the file whole?") }
                token = try tokens.next()
            }
            isFirst = false
            guard case .string(let key) = token, try tokens.next() == .colon else {
                throw tokens.broken("has no key where one is due; is the file whole?")
            }
            try body(&self, key)
        }
    }

    private mutating func eachItem(_ body: (inout OCELReader) throws -> Void) throws {
        guard try tokens.next() == .beginArray else { throw tokens.broken("has no list where one is due") }
        // An item's own beginning tells it from the end of the list: one token is looked at ahead.
        var isFirst = true
        while true {
            let mark = try tokens.peekMark()
            if mark == UInt8(ascii: "]") {
                _ = try tokens.next()
                return
            }
            if !isFirst {
                guard try tokens.next() == .comma else {
                    throw tokens.broken("has no comma between two items; is the file whole?")
                }
            }
            isFirst = false
            try body(&self)
        }
    }

    /// Passes over a value, however deep, without keeping it.
    private mutating func skipValue() throws {
        var open: [JSONTokens.Token] = []
        repeat {
            switch try tokens.next() {
            case .beginObject: open.append(.endObject)
            case .beginArray: open.append(.endArray)
            case let token where token == .endObject || token == .endArray:
                guard open.popLast() == token else { throw tokens.broken("closes what was not opened") }
            case .end: throw tokens.broken("ends in the middle; is the file whole?")
            default: break
            }
            if open.count > Self.depthMax { throw tokens.broken("is nested more than \(Self.depthMax) deep") }
        } while !open.isEmpty
    }
}
