// The sentences of the pages that have figures in them.

import Measures
import Records
import Statistics

extension Chinese {
    func line(_ line: Line) -> Sentence {
        let f = figures
        let words = Words(.zh)
        switch line {
        case .falseAlarms(let reported, let tested, let expected):
            if reported == 0 { return "共检验 \(f.count(tested)) 个序列，没有异常之处。" }
            return "共检验 \(f.count(tested)) 个序列，得到 \(f.count(reported)) 项发现，其中预计约有 \(f.number(expected)) 项为误报。"
        case .findings(let n): return n == 0 ? "没有发现" : "\(f.count(n)) 项发现"
        case .opportunities(let n): return n == 0 ? "没有改进机会" : "\(f.count(n)) 个改进机会"
        case .tickets(let n): return n == 0 ? "没有工单" : "\(f.count(n)) 个工单"
        case .asOf(let day): return "截至数据的最后一天，\(f.date(day))。"
        case .analysed(let period): return "分析范围：\(f.range(period.first, period.last))。"
        case .nothingChanged(let since, let series):
            return "自\(f.date(since))以来没有变差，正在监测 \(f.count(series)) 个序列。"
        case .pageOf(let n, let of): return "共 \(f.count(of)) 页，第 \(f.count(n)) 页"
        case .fileAndLine(let file, let line): return "\(file)，第 \(f.count(line)) 行"
        case .importedOn(let file, let day): return "\(file)，\(f.date(day))导入"
        case .rowsImported(let kept, let rows, let rejected):
            return "共 \(f.count(rows)) 行，已导入 \(f.count(kept)) 行，未接收 \(f.count(rejected)) 行，没有重复计数。"
        case .progress(let rows, let perSecond, let left, let rejected):
            guard let rejected else {
                guard let left else { return "已读取 \(f.count(rows)) 行，每秒 \(f.count(perSecond)) 行。" }
                return "已读取 \(f.count(rows)) 行，每秒 \(f.count(perSecond)) 行，约剩 \(f.count(left)) 秒。"
            }
            guard let left else {
                return "已读取 \(f.count(rows)) 行，每秒 \(f.count(perSecond)) 行，未接收 \(f.count(rejected)) 行。"
            }
            return "已读取 \(f.count(rows)) 行，每秒 \(f.count(perSecond)) 行，未接收 \(f.count(rejected)) 行，约剩 \(f.count(left)) 秒。"
        case .alreadyImported(let day): return "此文件已于\(f.date(day))导入，没有任何变化。"
        case .tooLarge(let bytes, let most): return "文件大小为 \(megabytes(bytes))，最多可读取 \(megabytes(most))。"
        case .notReadable(let format): return "无法按 \(format) 格式读取此文件。"
        case .columnMissing(let column): return "缺少“\(column)”列。"
        case .hours(let e):
            return """
                每月约 \(f.number(Figures.rounded(e.estimate))) 小时（\
                \(f.range(f.number(Figures.rounded(e.low)), f.number(Figures.rounded(e.high))))）
                """
        case .money(let e, let currency):
            return """
                每月约 \(f.number(Figures.rounded(e.estimate))) \(currency)（\
                \(f.range(f.number(Figures.rounded(e.low)), f.number(Figures.rounded(e.high))))）
                """
        case .intervalNote: return "20 次中有 19 次，真实数值落在区间之内。"
        case .beganHere(let day): return "自\(f.date(day))起"
        case .standing(let value, let week, let level, let range, let since):
            return """
                \(f.range(week.first, week.last))为\(spaced(value))。自\(f.date(since))起，水平为\
                \(spaced(level))（\(range)）。
                """
        case .standingNow(let value, let week): return "\(f.range(week.first, week.last))为\(spaced(value))。"
        case .chartSummary(let count, let period, let last):
            return "\(f.range(period.first, period.last))，共 \(f.count(count)) 个数据点，最近为\(spaced(last))。"
        case .chartEmpty: return "没有可绘制的内容：此时段内没有任何一天有数据。"
        case .ahead(let week, let range, let held):
            let when = f.range(week.first, week.last)
            guard let held else { return "如无变化，预计\(when)为\(spaced(range))。历史数据太少，尚无法说明此类区间有多准确。" }
            return "如无变化，预计\(when)为\(spaced(range))。回看以往，此类区间在 \(f.percent(held)) 的情况下包含了实际值。"
        case .naturalLimits(let steps, let isFewer, let inWeeks):
            let unit = inWeeks ? "周" : "天"
            return isFewer
                ? "细线为自然界限：在没有变化时，\(f.count(steps)) \(unit)中因偶然而超出的不到一\(unit)。"
                : "细线为自然界限：在没有变化时，平均每 \(f.count(steps)) \(unit)才有一\(unit)因偶然而超出。"
        case .passesTarget(let chance, let day):
            return "到\(f.date(day))越过目标的概率为 \(f.percent(chance))。"
        case .durationsRead(let isNinetieth, let inBusinessHours):
            return switch (isNinetieth, inBusinessHours) {
            case (false, false): "一半工单的用时不超过此值。"
            case (true, false): "九成工单的用时不超过此值。"
            case (false, true): "一半工单的用时不超过此值（按工作时间计）。"
            case (true, true): "九成工单的用时不超过此值（按工作时间计）。"
            }
        case .more(let n): return "其他 \(f.count(n)) 项"
        case .errorNumber(let id): return "已记录，编号 \(id)。"
        case .zoneQuestion(let column): return "\(name: column)列没有注明时区。其中的时间属于哪个时区？"
        case .dayOrderQuestion(let column, let example):
            return "\(name: column)列中没有日期能够表明先写日还是先写月（例如 \(example)）。"
        case .service(let name): return "\(name: name)"
        case .suspectedCut(let rows): return "文件恰好有 \(f.count(rows)) 行。导出常在这样的行数处截断，请确认文件是否完整。"
        case .gap(let period): return "\(f.range(period.first, period.last))没有工单，导出文件中可能有缺漏。"
        case .emptyColumn(let column, let share): return "\(name: column)列有 \(f.percent(share)) 为空。"
        case .impossibleOrder(let n): return "有 \(f.count(n)) 行的关闭时间早于创建时间。请检查各列的时区。"
        case .mojibake(let column): return "\(name: column)列显示为乱码，请选择其他字符集。"
        case .rejectedRows(let n): return "有 \(f.count(n)) 行未接收。"
        case .truncatedFile: return "文件在一行的中间结束，很可能被截断。"
        case .raggedRows(let n): return "有 \(f.count(n)) 行的单元格数与表头不一致。"
        case .nulBytes(let n): return "有 \(f.count(n)) 行含有 NUL 字节。"
        case .repeatedColumns(let name): return "\(name: name)列出现多次，以第一个有值的为准。"
        case .cannotAnswer(let need): return "此文件没有注明\(spacedBefore(self.need(need)))。"
        case .damagedText: return "部分文字在写入文件之前已损坏，请用其他字符集重新导出。"
        case .zoneAssumed(let zone): return "时间没有注明时区，已按 \(zone) 读取。"
        case .measureUnanswered(let measure):
            return """
                \(label(measure))：此文件没有注明\(spacedBefore(measure.needs.map { self.need($0) }.first ?? ""))。
                """
        case .emptyField(let field, let share): return "\(name: words.name(of: field))有 \(f.percent(share)) 为空。"
        case .fileIsEmpty(let file): return "\(name: file)是空文件，请重新导出。"
        case .fileHasOnlyHeadings(let file): return "\(name: file)只有表头，没有数据行，请检查导出的筛选条件。"
        case .fileIsNoTable(let file, let kind): return "\(name: file)\(self.kind(kind))，请导出为 CSV。"
        case .fileUnreadable(let file): return "无法读取\(name: file)，请重试或重新导出。"
        case .fileChanged(let file): return "\(name: file)在读取时发生了变化，请等导出完成后重新发送。"
        case .columnsNotFound(let file, let missing, let needsSubject):
            let needed = words.listed(missing, lastWith: "和", between: "、")
            let subject = words.listed([.category, .service, .title], lastWith: "或", between: "、")
            let all = missing.isEmpty ? subject : needsSubject ? "\(needed)，以及\(subject)" : needed
            return "在\(name: file)中没有识别出\(all)列。请在下方选择；如果没有这样的列，此文件就不是工单导出。"
        case .columnMissingFor(let column, let field):
            return "文件中没有\(name: column)列，无法作为\(name: words.name(of: field))读取。"
        case .notTakenIn(let problem):
            switch problem {
            case .tooLong: return "该行超过 4 MB。"
            case .quoteNotClosed: return "引号没有闭合。"
            case .endsInsideQuotes: return "文件在引号内结束。"
            case .tooManyFields: return "该行的单元格多于表头。"
            case .noNumber: return "该行没有工单编号。"
            case .numberTooLong: return "工单编号过长。"
            case .noOpenedAt: return "该行没有注明工单的创建时间。"
            case .openedAtUnreadable: return "无法读取工单的创建时间。"
            case .closedBeforeOpened: return "关闭时间早于创建时间。"
            }
        case .dataSpan(let period): return "工单的创建时间为\(f.range(period.first, period.last))。"
        }
    }

    /// A Latin letter or a figure after Han takes a space before it.
    private func spacedBefore(_ text: String) -> String {
        guard let first = text.first, first.isASCII else { return text }
        return " " + text
    }

    /// The same on both sides when it ends with a sign.
    private func spaced(_ text: String) -> String { spacedBefore(text) }

    private func megabytes(_ bytes: Int) -> String { "\(figures.number(Double(bytes) / 1_000_000)) MB" }

    private func kind(_ kind: FileKind) -> String {
        switch kind {
        case .pdf: "是 PDF 文档"
        case .workbook: "是 Excel 工作簿或其他 ZIP 压缩包"
        case .oldWorkbook: "是旧版 Excel 工作簿或其他 Office 文档"
        case .database: "是 SQLite 数据库"
        case .picture: "是图片"
        case .packedOtherwise: "不是用 gzip 压缩的"
        case .packedTwice: "被压缩了两次"
        case .damagedGzip: "是损坏的 gzip 文件"
        case .archive: "是 tar 归档"
        case .program: "是程序"
        case .webPage: "是网页"
        case .xml: "是 XML 文件"
        case .json: "是 JSON 文件"
        case .binary: "是二进制文件"
        }
    }
}
