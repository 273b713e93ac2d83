/// What a device's readings say of its wear at one moment, from those up to it alone: for each column the mean of the last few
/// readings, over two windows the mean and the slope, how it began, and the age.
struct WearFeatures {
    /// In readings. Chosen by cross-validation over engines.
    private static let windows = [15, 40]
    private static let recent = 5
    private static let first = 20

    private static let perColumn = 2 * windows.count + 2

    /// Column by column, a row for each of the moments.
    static func rows(of history: WearHistory, at moments: [Int]) -> [[Double]] {
        var out: [[Double]] = []
        out.reserveCapacity(history.readings.count * perColumn + 1)
        for values in history.readings {
            for window in windows {
                var (means, slopes): ([Double], [Double]) = ([], [])
                for moment in moments {
                    let (mean, slope) = line(history.times, values, max(0, moment - window + 1)...moment, window)
                    means.append(mean)
                    slopes.append(slope)
                }
                out += [means, slopes]
            }
            out.append(moments.map { mean(values[max(0, $0 - recent + 1)...$0]) })
            out.append(moments.map { mean(values[0...min($0, first - 1)]) })
        }
        out.append(moments.map { history.times[$0] - history.times[0] })
        return out
    }

    private static func mean(_ values: ArraySlice<Double>) -> Double {
        var (total, n) = (0.0, 0.0)
        for value in values where !value.isNaN {
            total += value
            n += 1
        }
        return n > 0 ? total / n : .nan
    }

    /// The mean, and the slope drawn to none while the window is not full.
    private static func line(
        _ times: [Double], _ values: [Double], _ range: ClosedRange<Int>, _ window: Int
    ) -> (Double, Double) {
        var (n, t, y) = (0.0, 0.0, 0.0)
        for k in range where !values[k].isNaN {
            n += 1
            t += times[k]
            y += values[k]
        }
        guard n > 0 else { return (.nan, .nan) }
        (t, y) = (t / n, y / n)
        var (tt, ty) = (0.0, 0.0)
        for k in range where !values[k].isNaN {
            tt += (times[k] - t) * (times[k] - t)
            ty += (times[k] - t) * (values[k] - y)
        }
        let step = (times[range.upperBound] - times[range.lowerBound]) / Double(max(range.count - 1, 1))
        let drawn = Double(window * window * window) / 120 * step * step
        return (y, tt > 0 ? ty / (tt + drawn) : 0)
    }
}
