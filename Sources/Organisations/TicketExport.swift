import Records

extension SampleOrganisation {
    /// All tickets as a service desk exports them: headings, words and dates in the organisation's language.
    ///
    /// Danish files have semicolons and dates that begin with the day, as Danish spreadsheets write them. Times are local.
    public var ticketFile: String { ticketFile(of: tickets) }

    /// The tickets as they were exported at the end of a day.
    public func ticketFile(asOf day: Day) -> String { ticketFile(of: tickets(asOf: day)) }

    private func ticketFile(of tickets: [Ticket]) -> String {
        let separator = tongue == .da ? ";" : ","
        var lines = [Self.headings(tongue).joined(separator: separator)]
        lines.reserveCapacity(tickets.count + 1)
        for ticket in tickets { lines.append(row(ticket).map { cell($0, separator) }.joined(separator: separator)) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func headings(_ tongue: Tongue) -> [String] {
        switch tongue {
        case .en:
            [
                "Number", "Ticket type", "Status", "Opened at", "First response at", "Resolved at", "Closed at",
                "Category",
                "Assignment group", "Service", "Location", "Priority", "Channel", "Segment", "Assigned to", "Requester",
                "SLA met", "Reopen count", "Reassignment count", "Change type", "Outcome", "Title",
            ]
        case .da:
            [
                "Sagsnummer", "Sagstype", "Status", "Oprettet", "Første svar", "Løst", "Lukket", "Kategori",
                "Tildelingsgruppe", "Tjeneste", "Lokation", "Prioritet", "Kanal", "Segment", "Tildelt til", "Indmelder",
                "SLA overholdt", "Antal genåbninger", "Antal omfordelinger", "Ændringstype", "Udfald", "Emne",
            ]
        case .zh:
            [
                "工单编号", "工单类型", "状态", "创建时间", "首次响应时间", "解决时间", "关闭时间", "类别", "处理组", "服务", "地点", "优先级", "渠道",
                "客户类型", "处理人", "请求人", "SLA达标", "重开次数", "转派次数", "变更类型", "变更结果", "标题",
            ]
        }
    }

    private func row(_ ticket: Ticket) -> [String] {
        let a = ticket.attributes
        return [
            ticket.number, Self.kind(ticket.kind)[tongue], Self.status(ticket.status)[tongue], clock(ticket.openedAt),
            ticket.firstResponseAt.map(clock) ?? "", ticket.resolvedAt.map(clock) ?? "",
            ticket.closedAt.map(clock) ?? "", names[a[.category]], names[a[.group]], names[a[.service]],
            names[a[.location]], names[a[.priority]], names[a[.channel]], names[a[.segment]], names[ticket.assignee],
            names[ticket.requester], ticket.slaMet.map { (met: Bool) in (met ? Self.yes : Self.no)[tongue] } ?? "",
            ticket.reopenCount.map { String($0) } ?? "", ticket.reassignmentCount.map { String($0) } ?? "",
            ticket.changeType.map { Self.type($0)[tongue] } ?? "",
            ticket.changeOutcome.map { (o: ChangeOutcome) in (o == .successful ? Self.well : Self.badly)[tongue] }
                ?? "",
            ticket.title,
        ]
    }

    /// `2024-05-17 14:03`; in Danish `17-05-2024 14:03`.
    func clock(_ moment: Moment) -> String {
        let minutes = moment.seconds / 60 % 1440
        let time = padded(Int(minutes / 60), to: 2) + ":" + padded(Int(minutes % 60), to: 2)
        let day = Zone.utc.day(of: moment)
        guard tongue == .da else { return "\(day) \(time)" }
        let (y, m, d) = day.components
        return "\(padded(d, to: 2))-\(padded(m, to: 2))-\(y) \(time)"
    }

    private static let yes = Wording("Yes", "Ja", "是")
    private static let no = Wording("No", "Nej", "否")
    private static let well = Wording("Successful", "Gennemført", "成功")
    private static let badly = Wording("Unsuccessful", "Mislykket", "失败")

    private static func kind(_ kind: TicketKind) -> Wording {
        switch kind {
        case .incident: Wording("Incident", "Hændelse", "事件")
        case .request: Wording("Request", "Anmodning", "请求")
        case .problem: Wording("Problem", "Problem", "问题")
        case .change: Wording("Change", "Ændring", "变更")
        case .complaint: Wording("Complaint", "Klage", "投诉")
        }
    }

    private static func status(_ status: TicketStatus) -> Wording {
        switch status {
        case .new: Wording("New", "Ny", "新建")
        case .inProgress: Wording("In progress", "I gang", "处理中")
        case .waiting: Wording("Waiting", "Afventer", "等待")
        case .resolved: Wording("Resolved", "Løst", "已解决")
        case .closed: Wording("Closed", "Lukket", "已关闭")
        case .cancelled: Wording("Cancelled", "Annulleret", "已取消")
        case .merged: Wording("Merged", "Flettet", "已合并")
        }
    }

    private static func type(_ type: ChangeType) -> Wording {
        switch type {
        case .standard: Wording("Standard", "Standard", "标准")
        case .normal: Wording("Normal", "Normal", "普通")
        case .emergency: Wording("Emergency", "Haste", "紧急")
        }
    }
}

/// A cell as RFC 4180 writes it.
func cell(_ text: String, _ separator: String) -> String {
    guard text.contains(where: { $0 == "\"" || $0 == "\n" || String($0) == separator }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
}
