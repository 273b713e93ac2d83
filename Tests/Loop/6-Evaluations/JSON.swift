import Foundation

@testable import Improvements

/// A frozen plan as text and back, to change it behind its seal's back.
enum JSON {
    static func text(of plan: FrozenPlan) throws -> String {
        String(decoding: try JSONEncoder().encode(plan), as: UTF8.self)
    }

    static func plan(_ text: String) throws -> FrozenPlan {
        try JSONDecoder().decode(FrozenPlan.self, from: Data(text.utf8))
    }
}
