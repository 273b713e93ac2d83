#include <sqlite3.h>

// SQLite counts every allocation under a lock unless it is told not to; sqlite3_config takes a variable number of
// arguments, which only C can call. To be called before the first database is opened.
static inline int ratchet_sqlite_without_memory_statistics(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}
