import Records
import Testing

@testable import Connectors

@Suite("Systems by their headers")
struct PresetTests {
    /// A header and a row that was made from it, so that every field has a value.
    private func recognised(_ header: String, _ row: String, dayFirst: Bool? = nil) throws -> Reading {
        try readText(header + "\n" + row + "\n", ReadingOptions(dayFirst: dayFirst))
    }

    @Test("Every name of --preset has a preset, and every preset has a name of its own")
    func names() {
        #expect(Set(Preset.catalogue.map(\.name)).count == Preset.catalogue.count)
        for name in Preset.Name.allCases { #expect(Preset.named(name).name == name) }
    }

    @Test("ServiceNow incidents: names of fields")
    func serviceNow() throws {
        let reading = try recognised(
            "number,sys_id,short_description,state,priority,category,subcategory,contact_type,caller_id,location,"
                + "business_service,cmdb_ci,opened_at,sys_updated_on,assigned_to,assignment_group,reassignment_count,"
                + "reopen_count,resolved_at,closed_at,close_code,made_sla,problem_id,caused_by,time_worked",
            "INC0010,abc,Mail is down,6,1 - Critical,Software,Email,Phone,Ann,Oslo,Mail,srv1,2024-03-05 10:00:00,"
                + "2024-03-05 12:00:00,Bo,Network,2,1,2024-03-05 11:00:00,2024-03-08 11:00:00,Solved (Work Around),true,"
                + "PRB1,CHG7,120")
        #expect(reading.inspection.preset == .servicenow)
        let t = reading.tickets[0]
        #expect(t.number == "INC0010" && t.kind == .incident && t.status == .resolved && t.isMajor == true)
        #expect(t.reassignmentCount == 2 && t.reopenCount == 1 && t.slaMet == true && t.isWorkaround == true)
        #expect(t.problem == "PRB1" && t.causedBy == "CHG7" && t.workMinutes == 2 && t.title == "Mail is down")
        #expect(
            reading.name(.service) == "Mail" && reading.name(.group) == "Network" && reading.name(.channel) == "Phone")
        #expect(reading.name(.priority) == "1 - Critical")
        #expect(t.resolvedAt == moment("2024-03-05T11:00:00Z") && t.closedAt == moment("2024-03-08T11:00:00Z"))
    }

    @Test("ServiceNow incidents: labels in English, Danish and Chinese, and dot-walked columns")
    func serviceNowLabels() throws {
        let english = try recognised(
            "Number,Opened,Short description,Caller,Priority,State,Category,Assignment group,Assigned to,Updated",
            "INC1,2024-03-05 10:00:00,x,Ann,3 - Moderate,On Hold,Software,Network,Bo,2024-03-05 12:00:00")
        #expect(english.inspection.preset == .servicenow)
        #expect(english.tickets[0].status == .waiting && english.tickets[0].isMajor == false)
        let danish = try recognised(
            "Nummer,Åbnet,Kort beskrivelse,Opkalder,Prioritet,Tilstand,Kategori,Tildelingsgruppe,Tildelt til,Løst,Lukket",
            "INC1,2024-03-05 10:00:00,x,Ann,1 - Kritisk,Lukket,Software,Netværk,Bo,2024-03-05 11:00:00,2024-03-06 11:00:00"
        )
        #expect(danish.inspection.preset == .servicenow)
        #expect(danish.tickets[0].status == .closed && danish.tickets[0].isMajor == true)
        let chinese = try recognised(
            "编号,打开时间,简短描述,呼叫者,优先级,状态,类别,分配组,分配给,已解决,已关闭",
            "INC1,2024-03-05 10:00:00,x,王,1 - 紧急,已解决,软件,网络组,李,2024-03-05 11:00:00,")
        #expect(chinese.inspection.preset == .servicenow)
        #expect(chinese.tickets[0].status == .resolved && chinese.tickets[0].isMajor == true)
        let walked = try recognised(
            "number,opened_at,assignment_group.name,assignment_group.parent,caller_id.department,short_description",
            "INC1,2024-03-05 10:00:00,Network,IT,Sales,x")
        #expect(walked.name(.group) == "Network")
        #expect(walked.names[walked.tickets[0].department] == "Sales")
    }

    @Test("ServiceNow changes, problems and requests")
    func serviceNowOthers() throws {
        let change = try recognised(
            "number,type,state,risk,short_description,assignment_group,cmdb_ci,start_date,work_start,work_end,opened_at,"
                + "closed_at,close_code,unauthorized",
            "CHG1,Emergency,-1,High,Patch,Network,srv1,2024-03-06 10:00:00,2024-03-06 10:00:00,2024-03-06 11:00:00,"
                + "2024-03-05 10:00:00,2024-03-07 10:00:00,unsuccessful,true")
        let c = change.tickets[0]
        #expect(c.kind == .change && c.changeType == .emergency && c.changeOutcome == .unsuccessful)
        #expect(c.isUnauthorized == true && c.status == .inProgress && change.name(.service) == "srv1")
        let problem = try recognised(
            "number,problem_state,known_error,short_description,opened_at,assignment_group",
            "PRB1,Root Cause Analysis,false,x,2024-03-05 10:00:00,Network")
        #expect(problem.tickets[0].kind == .problem && problem.tickets[0].status == .inProgress)
        let request = try recognised(
            "number,request_state,requested_for,cat_item,opened_at,closed_at,state",
            "RITM1,,Ann,Laptop,2024-03-05 10:00:00,2024-03-06 10:00:00,3")
        #expect(request.tickets[0].kind == .request && request.tickets[0].status == .closed)
        #expect(request.name(.category) == "Laptop")
    }

    @Test("Jira: the issue navigator, with month names and AM and PM")
    func jira() throws {
        let reading = try recognised(
            "Summary,Issue key,Issue id,Issue Type,Status,Project key,Project name,Priority,Resolution,Assignee,Reporter,"
                + "Created,Updated,Resolved,Labels,Labels,Custom field (Satisfaction rating),Status Category",
            "It broke,HELP-1,10001,[System] Incident,Parked with Legal,HELP,Help Desk,Highest,Duplicate,Ann,Bo,"
                + "14/Jul/25 3:42 PM,03/Sep/26 9:05 AM,15/Jul/25 12:00 PM,a,b,4,Done")
        #expect(reading.inspection.preset == .jira)
        let t = reading.tickets[0]
        #expect(t.number == "HELP-1" && t.kind == .incident && t.isMajor == true && t.satisfaction == 4)
        #expect(t.openedAt == moment("2025-07-14T15:42:00Z") && t.resolvedAt == moment("2025-07-15T12:00:00Z"))
        // The status is nobody's word, its category is done, and the resolution says that it was a double.
        #expect(t.status == .merged && reading.names[t.state] == "Parked with Legal")
        #expect(reading.name(.service) == "Help Desk")
        let chinese = try recognised(
            "概要,问题关键字,问题类型,状态,优先级,经办人,报告人,创建日期,已解决", "x,A-1,服务请求,完成,高,王,李,2024/3/5 14:30,2024/3/6 14:30")
        #expect(chinese.inspection.preset == .jira && chinese.tickets[0].kind == .request)
        #expect(chinese.tickets[0].status == .resolved)
    }

    @Test("Jira: the data pipeline, with escaped line breaks")
    func jiraPipeline() throws {
        let reading = try recognised(
            "id,instance_url,key,project_key,project_name,issue_type,summary,description,assignee_id,status,status_category,"
                + "priority_name,resolution,created_date,resolution_date,updated_date",
            "1,https://x,A-1,A,Alpha,Bug,s,one\\ntwo \\\\ three,5,Weird,In Progress,Low,,2024-03-05T10:00:00Z,,2024-03-05T11:00:00Z"
        )
        #expect(reading.inspection.preset == .jira)
        #expect(reading.tickets[0].text == "one\ntwo \\ three" && reading.tickets[0].status == .inProgress)
        #expect(reading.inspection.questions.isEmpty)
    }

    @Test("GLPI: labels in English, French, Danish and Chinese, numbers with blanks, and its own scale of priority")
    func glpi() throws {
        for (header, row) in [
            (
                "ID;Title;Entity;Status;Type;Last update;Opening date;Resolution date;Priority;Requester - Requester;Assigned to - Technician;Category",
                "1 234;x;Root;Solved;Incident;2024-03-05 12:00;2024-03-05 10:00;2024-03-05 11:00;Major;Ann;Bo;Mail"
            ),
            (
                "ID;Titre;Entité;Statut;Type;Dernière modification;Date d'ouverture;Date de résolution;Priorité;Demandeur - Demandeur;Attribué à - Technicien;Catégorie",
                "1 234;x;Root;Résolu;Incident;05-03-2024 12:00;05-03-2024 10:00;05-03-2024 11:00;Majeure;Ann;Bo;Mail"
            ),
            (
                "ID;Titel;Enhed;Status;Type;Sidste opdatering;Åbningsdato;Løsningsdato;Prioritet;Anmoder;Tildelt til - Tekniker;Kategori",
                "1 234;x;Root;Løst;Hændelse;05-03-2024 12:00;05-03-2024 10:00;05-03-2024 11:00;Kritisk;Ann;Bo;Mail"
            ),
            (
                "ID;标题;实体;状态;类型;最后更新;开单日期;解决日期;优先级;请求人;分配给 - 技术员;类别",
                "1 234;x;Root;已解决;事件;2024-03-05 12:00;2024-03-05 10:00;2024-03-05 11:00;紧急;Ann;Bo;Mail"
            ),
        ] {
            let reading = try recognised(header, row, dayFirst: true)
            #expect(reading.inspection.preset == .glpi, "\(header)")
            let t = reading.tickets[0]
            #expect(t.number == "1234" && t.kind == .incident && t.status == .resolved, "\(header)")
            #expect(reading.name(.category) == "Mail" && t.isMajor == true, "\(header)")
            #expect(t.resolvedAt == moment("2024-03-05T11:00:00Z"), "\(header)")
        }
        let table = try recognised(
            "id,entities_id,name,date,solvedate,closedate,takeintoaccountdate,date_mod,status,itilcategories_id,type,priority,actiontime,is_deleted",
            "7,0,x,2024-03-05 10:00:00,2024-03-05 11:00:00,,2024-03-05 10:05:00,2024-03-05 11:00:00,5,4,2,1,600,1")
        let t = table.tickets[0]
        #expect(t.kind == .request && t.isMajor == false && t.workMinutes == 10 && t.status == .cancelled)
        #expect(t.firstResponseAt == moment("2024-03-05T10:05:00Z"))
        #expect(table.doctor.voided == 1)
    }

    @Test("Zammad: the last closing counts, and a later one than the first is a reopening")
    func zammad() throws {
        let reading = try readText(
            """
            id,number,title,group,state,priority,owner,customer,created_at,updated_at,first_response_at,close_at,last_close_at,close_diff_in_min,article_count
            1,10001,x,Users,closed,2 normal,Ann,Bo,2024-03-05T10:00:00Z,2024-03-08T10:00:00Z,2024-03-05T10:10:00Z,2024-03-05T11:00:00Z,2024-03-07T11:00:00Z,-5,3
            2,10002,x,Users,merged,1 low,Ann,Bo,2024-03-05T10:00:00Z,2024-03-08T10:00:00Z,,2024-03-05T11:00:00Z,2024-03-05T11:00:00Z,5,3
            """)
        #expect(reading.inspection.preset == .zammad)
        #expect(reading.tickets.map(\.reopenCount) == [1, 0])
        #expect(reading.tickets.map(\.slaMet) == [false, true])
        #expect(reading.tickets.map(\.status) == [.closed, .merged])
        #expect(reading.tickets[0].resolvedAt == moment("2024-03-07T11:00:00Z"))
        #expect(reading.tickets[1].isMajor == false)
        #expect(reading.doctor.voided == 1)
    }

    @Test("Redmine: labels in three languages, decimal comma, and one time of the end")
    func redmine() throws {
        for (header, row) in [
            (
                "#,Project,Tracker,Status,Priority,Subject,Author,Assignee,Updated,Category,Created,Closed,Spent time",
                "12,Alpha,Bug,Closed,Immediate,x,Ann,Bo,2024-03-05 12:00,Mail,2024-03-05 10:00,2024-03-05 11:00,1.5"
            ),
            (
                "#,Projekt,Type,Status,Prioritet,Emne,Forfatter,Tildelt til,Opdateret,Kategori,Oprettet,Closed,Forbrugt tid",
                "12,Alpha,Bug,Lukket,Omgående,x,Ann,Bo,05-03-2024 12:00,Mail,05-03-2024 10:00,05-03-2024 11:00,\"1,5\""
            ),
            (
                "#,项目,跟踪,状态,优先级,主题,作者,指派给,更新于,类别,创建于,结束日期,耗时",
                "12,Alpha,错误,已关闭,紧急,x,Ann,Bo,2024-03-05 12:00,Mail,2024-03-05 10:00,2024-03-05 11:00,1.5"
            ),
        ] {
            let reading = try recognised(header, row, dayFirst: true)
            #expect(reading.inspection.preset == .redmine, "\(header)")
            let t = reading.tickets[0]
            #expect(t.kind == .incident && t.status == .closed && t.isMajor == true && t.workMinutes == 90, "\(header)")
            #expect(t.resolvedAt == t.closedAt && t.resolvedAt == moment("2024-03-05T11:00:00Z"), "\(header)")
        }
    }

    @Test("Request Tracker: tabs, dates that are not set, and tickets merged into others")
    func requestTracker() throws {
        let reading = try readText(
            """
            id\tQueue\tSubject\tStatus\tPriority\tOwner\tRequestor\tCreated\tStarted\tResolved\tLastUpdated\tTimeWorked\tEffectiveId
            5\tGeneral\tIt \tstalled\t50\tNobody\ta@b.c\tTue Mar 05 10:00:00 2024\t1970-01-01 00:00:00\tNot set\t2024-03-06 10:00:00\t30\t5
            6\tGeneral\tx\tresolved\t50\tNobody\ta@b.c\t2024-03-05 10:00:00\t2024-03-05 10:10:00\t2024-03-05 11:00:00\t2024-03-06 10:00:00\t\t5
            """)
        #expect(reading.inspection.preset == .rt)
        #expect(reading.tickets.map(\.status) == [.waiting, .merged])
        #expect(reading.tickets[0].openedAt == moment("2024-03-05T10:00:00Z"))
        #expect(reading.tickets[0].firstResponseAt == nil && reading.tickets[0].resolvedAt == nil)
        #expect(reading.tickets[0].workMinutes == 30 && reading.tickets[0].isMajor == nil)
    }

    @Test("Znuny: the list of a search")
    func znuny() throws {
        let reading = try recognised(
            "Ticket Number;Age;Created;Closed;First Response;State;Priority;Queue;Owner;Customer User;Title;Service;Type",
            "2024030510000012;2 d;2024-03-05 10:00:00;2024-03-05 12:00:00;2024-03-05 10:30:00;closed successful;3 normal;Mail;Ann;Bo;x;Email;Incident"
        )
        #expect(reading.inspection.preset == .znuny)
        let t = reading.tickets[0]
        #expect(t.number == "2024030510000012" && t.status == .closed && t.kind == .incident && t.isMajor == false)
        #expect(t.resolvedAt == moment("2024-03-05T12:00:00Z") && reading.name(.service) == "Email")
    }

    @Test("iTop: codes and labels, and an SLA that says when it was missed")
    func iTop() throws {
        let codes = try recognised(
            "ref,title,org_id_friendlyname,team_id_friendlyname,agent_id_friendlyname,caller_id_friendlyname,origin,start_date,assignment_date,resolution_date,close_date,last_update,status,priority,service_id_friendlyname,servicesubcategory_id_friendlyname,sla_ttr_passed,user_satisfaction",
            "R-000123,x,Demo,Helpdesk,Ann,Bo,phone,2024-03-05 10:00:00,2024-03-05 10:05:00,2024-03-05 11:00:00,,2024-03-05 11:00:00,resolved,1,Mail,Outlook,yes,3"
        )
        #expect(codes.inspection.preset == .itop)
        let t = codes.tickets[0]
        #expect(
            t.kind == .request && t.status == .resolved && t.isMajor == true && t.slaMet == false && t.satisfaction == 3
        )
        #expect(
            codes.name(.service) == "Mail" && codes.name(.category) == "Outlook" && codes.name(.group) == "Helpdesk")
        let danish = try recognised(
            "Ref.,Titel,Organisation,Hold,Agent,Indmelder,Startdato,Løsningsdato,Status,Prioritet,Ydelse",
            "I-000001,x,Demo,Helpdesk,Ann,Bo,2024-03-05 10:00:00,2024-03-05 11:00:00,Løst,Kritisk,Mail")
        #expect(danish.inspection.preset == .itop)
        #expect(danish.tickets[0].kind == .incident && danish.tickets[0].status == .resolved)
        #expect(danish.tickets[0].isMajor == true)
    }

    @Test("The UCI log: a row for each update, question marks for nothing, days first")
    func uci() throws {
        let reading = try readText(
            """
            number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,opened_at,sys_updated_by,sys_updated_at,contact_type,location,category,subcategory,u_symptom,cmdb_ci,priority,assignment_group,assigned_to,problem_id,rfc,caused_by,closed_code,resolved_at,closed_at
            INC1,New,true,0,0,0,true,Caller 1,29/2/2016 01:16,U 1,29/2/2016 01:23,Phone,L 1,C 1,S 1,Symptom 1,?,3 - Moderate,G 1,?,?,?,?,code 5,29/2/2016 11:29,5/3/2016 12:00
            INC1,Awaiting User Info,true,0,0,1,true,Caller 1,29/2/2016 01:16,U 1,29/2/2016 02:23,Phone,L 1,C 1,S 1,Symptom 1,?,3 - Moderate,G 2,?,?,?,?,code 5,29/2/2016 11:29,5/3/2016 12:00
            INC1,-100,false,1,0,3,true,Caller 1,29/2/2016 01:16,U 1,29/2/2016 03:00,Phone,L 1,C 1,S 1,Symptom 1,?,3 - Moderate,G 2,?,?,?,?,code 5,29/2/2016 11:29,5/3/2016 12:00
            INC1,Closed,false,1,0,4,true,Caller 1,29/2/2016 01:16,U 1,5/3/2016 12:00,Phone,L 1,C 1,S 1,Symptom 1,?,3 - Moderate,G 2,?,?,?,?,code 5,29/2/2016 11:29,5/3/2016 12:00
            """)
        #expect(reading.inspection.preset == .uci && reading.inspection.grain == .rowPerUpdate)
        // A state that is nobody's word: the ticket was not closed yet at that update.
        #expect(reading.tickets.map(\.status) == [.new, .waiting, .inProgress, .closed])
        #expect(
            reading.tickets.allSatisfy { $0.attributes[.service].isNone && $0.assignee.isNone && $0.slaMet == true })
        #expect(reading.tickets.last?.updatedAt == moment("2016-03-05T12:00:00Z"))
        #expect(reading.name(.location) == "L 1" && reading.name(.channel) == "Phone")
    }

    @Test("A preset that was said is taken, also when its signs are not all there")
    func said() throws {
        let reading = try readText(
            "Issue key,Created,Summary\nA-1,2024-03-05 10:00,x\n", ReadingOptions(preset: .jira))
        #expect(reading.inspection.preset == .jira)
        let plain = try readText("number,sys_id,opened_at,category\nX1,a,2024-03-05,b\n", ReadingOptions(preset: .csv))
        #expect(plain.inspection.preset == .csv)
    }

    @Test("A kind that was said holds for all rows; else the number, the type and the table tell it")
    func kinds() throws {
        let text =
            "id,created,type,title\nINC1,2024-03-05,,a\nCHG1,2024-03-05,,a\nREQ1,2024-03-05,,a\nPRB1,2024-03-05,,a\n5,2024-03-05,Klage,a\n6,2024-03-05,,a\n"
        #expect(
            try readText(text).tickets.map(\.kind) == [.incident, .change, .request, .problem, .complaint, .incident])
        #expect(try readText(text, ReadingOptions(kind: .request)).tickets.allSatisfy { $0.kind == .request })
    }

    // MARK: Words

    @Test(
        "States in English, Danish and Chinese",
        arguments: [
            ("New", TicketStatus.new), ("Ny", .new), ("新建", .new), ("Work in Progress", .inProgress),
            ("I gang", .inProgress),
            ("Igangværende", .inProgress), ("处理中", .inProgress), ("On Hold", .waiting), ("På hold", .waiting),
            ("Awaiting Vendor", .waiting), ("Afventer leverandør", .waiting), ("挂起", .waiting), ("等待用户确认", .waiting),
            ("Resolved", .resolved), ("Løst", .resolved), ("已解决", .resolved), ("Closed", .closed), ("Lukket", .closed),
            ("已关闭", .closed), ("Closed - no response", .closed), ("Canceled", .cancelled), ("Annulleret", .cancelled),
            ("已取消", .cancelled), ("Merged", .merged), ("Flettet", .merged), ("已合并", .merged), ("Dublet", .merged),
            ("Genåbnet", .inProgress), ("Waiting for support", .inProgress), ("Waiting for customer", .waiting),
            ("6 - Resolved", .resolved), ("CLOSED", .closed),
        ])
    func states(word: String, status: TicketStatus) throws {
        let reading = try readText("id,created,status,title\n1,2024-03-05,\(word),a\n2,2024-03-05,new,a\n")
        #expect(reading.tickets[0].status == status)
    }

    @Test("A state that is nobody's word is decided by the times, and kept as it is")
    func unknownStates() throws {
        let reading = try readText(
            """
            id,created,resolved,closed,status,title
            1,2024-03-05,,,Zork,a
            2,2024-03-05,2024-03-06,,Zork,a
            3,2024-03-05,2024-03-06,2024-03-07,Zork,a
            4,2024-03-05,,,,a
            5,2024-03-05,,,new,a
            """)
        #expect(reading.tickets.map(\.status) == [.inProgress, .resolved, .closed, .new, .new])
        #expect(reading.names[reading.tickets[0].state] == "Zork")
    }

    @Test("What is major, and what is not said to be")
    func major() {
        for word in ["1 - Critical", "Critical", "1", "P1", "Kritisk", "紧急", "Blocker", "Prio 1", "1 - Kritisk"] {
            #expect(FieldWords.isMajor(normal(word), oneIsHighest: true) == true, "\(word)")
        }
        for word in ["2 - High", "Low", "3", "P3", "Høj", "中", "1 low", "11", "High 1 day"] {
            #expect(FieldWords.isMajor(normal(word), oneIsHighest: true) == false, "\(word)")
        }
        #expect(FieldWords.isMajor("1", oneIsHighest: false) == nil)
        #expect(FieldWords.isMajor("", oneIsHighest: true) == nil)
    }

    @Test("Workarounds, kinds of change, outcomes, yes and no in three languages")
    func otherWords() {
        for word in ["Solved (Work Around)", "Workaround provided", "Midlertidig løsning", "临时解决方案", "变通方案"] {
            #expect(FieldWords.isWorkaround(normal(word)), "\(word)")
        }
        #expect(!FieldWords.isWorkaround(normal("Solved (Permanently)")))
        #expect(FieldWords.changeType(normal("Hastechange")) == .emergency)
        #expect(FieldWords.changeType(normal("标准变更")) == .standard)
        #expect(FieldWords.changeOutcome(normal("successful_issues")) == .successfulWithIssues)
        #expect(FieldWords.changeOutcome(normal("Mislykket")) == .unsuccessful)
        #expect(FieldWords.changeOutcome(normal("成功")) == .successful)
        #expect(
            FieldWords.yesOrNo("ja") == true && FieldWords.yesOrNo("否") == false && FieldWords.yesOrNo("måske") == nil)
    }
}
