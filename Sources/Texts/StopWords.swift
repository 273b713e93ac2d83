/// Words that say nothing about what a comment is about, in English, Danish and Chinese: small words, courtesy, and praise or
/// blame that fits anything. Words that negate or tell a direction (not, op, 不) are none.
public struct StopWords: Sendable {
    private let words: Set<String>

    public init() {
        words = Set(plainWords(smallWords)).union(plainWords(courtesy)).union(plainWords(generalFeelings))
    }

    /// Whether a Chinese character is a small word.
    static func isSmall(_ character: Unicode.Scalar) -> Bool { smallCharacters.contains(character) }

    /// Whether a word says nothing. A pair of Chinese characters says nothing when one of the two is a small word.
    public func contains(_ word: String) -> Bool {
        if words.contains(word) { return true }
        let scalars = word.unicodeScalars
        guard let first = scalars.first, isHan(first) else { return scalars.count == 1 }
        return scalars.count == 1 || scalars.contains(where: Self.isSmall)
    }
}

private let smallWords = """
    a an the and or but if then than that this these those of to in on at by for from with as into about after before during \
    is are was were be been being am has have had having do does did doing will would can could should may might must shall \
    i you he she it we they me him us them my your our their its his hers ours there here what when where which who whom how \
    why while because so such just also too only even still again ever any some all each both more most other another much \
    many few own same get got gets getting go going went make made say said tell told know let us im ive id dont didnt doesnt \
    cant wont isnt wasnt ll ve re don didn doesn isn wasn won t s d m u ur amp via one two since until now today yesterday \
    really very quite rather please via need want like thing things something anything everything nothing lot back been
    og i på at en et den det de der som til af for med fra om ved efter før hos mellem er var være været har havde have bliver \
    blev blevet kan kunne skal skulle vil ville jeg du han hun vi mig dig os min mit mine din dit jeres vores men eller hvis \
    når da så også her nu bare lige jo da dog igen mere mest meget nogle noget nogen alle alt hver hvor hvad hvorfor hvem \
    hvordan fordi selv sig sin sit sine dem ham hende man får fik få gør gjorde går gik kom kommer over under end mange to \
    hel helt rigtig virkelig altid samt blot
    可以 因为 所以 如果 虽然 但是 而且 然后 已经 一个 一下 一次 一点 一些 一直 一样 这个 那个 这样 那样 什么 怎么 时候 现在 自己 觉得 感觉 知道 \
    我们 他们 你们 大家 东西 不是 不会 不能 不过 不要 不知 没有 有没 只有 只能 还是 就是 比较 非常 特别 应该 需要 希望 今天 昨天 一般
    """

private let courtesy = """
    hi hello dear thanks thank thx regards sincerely kindly morning evening afternoon
    hej hejsa kære goddag tak mvh vh kh hilsen hilsner venlig forhånd
    您好 你好 谢谢 多谢 感谢 请问 麻烦 此致 敬礼
    """

private let generalFeelings = """
    good great nice excellent best better well fine ok okay awesome amazing perfect bad worse worst terrible horrible awful \
    poor happy satisfied unsatisfied dissatisfied love loved hate fantastic wonderful super cool disappointed
    god godt gode bedre bedst bedste dårlig dårligt dårlige fin fint fine tilfreds utilfreds super fantastisk perfekt elendig \
    glad skuffet dejligt dejlig flot
    不错 很好 好评 差评 满意 失望 喜欢 垃圾 不好 挺好 还好 太差 很差 总体 整体 真的 值得 推荐
    """

private let smallCharacters: Set<Unicode.Scalar> = Set(
    "的了着和与及或而但就也都还又再才把被给对在从由为这那我你您他她它其之等吗呢吧啊哦哈嘛呀很太真是有个说要去来挺蛮超么".unicodeScalars)
