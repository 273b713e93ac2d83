/// The languages whose texts are understood.
public enum TextLanguage: String, Sendable, CaseIterable {
    case english = "en"
    case danish = "da"
    case chinese = "zh"
}

/// What language a text is in, by its script and its small words.
///
/// Han characters that are not far outnumbered by letters make it Chinese; Danish letters and small words against English ones
/// decide the rest. Swedish and Norwegian read as Danish. O(bytes).
/// - Returns: Nil where the text has neither: a name, a number, one word that both know.
public func textLanguage(of text: String) -> TextLanguage? {
    var (han, letters) = (0, 0)
    var balance = 0
    var word = ""
    func end() {
        if danishSigns.contains(word) { balance += 2 }
        if englishSigns.contains(word) { balance -= 2 }
        word.removeAll(keepingCapacity: true)
    }
    for scalar in text.unicodeScalars {
        let lower = lowered(scalar)
        if isHan(scalar) { han += 1 }
        if isLetter(lower) {
            letters += 1
            if lower == "æ" || lower == "ø" || lower == "å" { balance += 1 }
            word.unicodeScalars.append(lower)
        } else {
            end()
        }
    }
    end()
    if han > 0, han * 5 >= letters { return .chinese }
    if balance == 0 { return nil }
    return balance > 0 ? .danish : .english
}

private let danishSigns: Set<String> = Set(
    """
    og i på at et den det de der som til af med fra om ved efter hos mellem er var være været har havde kan kunne skal skulle \
    vil ville jeg du han hun vi mig dig os min mit mine din vores jeres men eller hvis når da så ikke meget ingen aldrig bliver \
    blev blevet mere igen hvor hvad hvorfor også kun bare efter uden over hjælp tak fik får god godt hurtig dårlig svar
    """.split(separator: " ").map(String.init))

private let englishSigns: Set<String> = Set(
    """
    the a an and or but if then than that this these those of to in on at by from with as into about is are was were be been \
    has have had do does did will would can could should i you he she it we they my your our their its not no very never \
    what when where why how good bad great thanks please service there after just still again
    """.split(separator: " ").map(String.init))

// MARK: Letters

func isHan(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3400...0x4dbf, 0x4e00...0x9fff, 0xf900...0xfaff, 0x20000...0x3ffff: true
    default: false
    }
}

func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    let v = scalar.value
    if v < 0x80 { return v >= 97 && v <= 122 }
    if v < 0x250 { return v >= 0xc0 && v != 0xd7 && v != 0xf7 }
    return !isHan(scalar) && scalar.properties.isAlphabetic
}

func lowered(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    let v = scalar.value
    if v < 0x80 { return v >= 65 && v <= 90 ? Unicode.Scalar(UInt8(v + 32)) : scalar }
    if v >= 0x2e80 { return scalar }
    let mapping = scalar.properties.lowercaseMapping.unicodeScalars
    return mapping.count == 1 ? mapping.first ?? scalar : scalar
}
