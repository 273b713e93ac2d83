/// The tables, as numbered steps. A step that has been released is never changed; what comes later is a new step.
///
/// `{id}`, `{bytes}` and `{clustered}` are filled in by each database: a key that counts by itself, a column of bytes, and
/// a table kept in the order of its key.
public enum Schema {
    /// What a database puts in for the words in braces.
    public struct Dialect: Sendable {
        public var id: String
        public var bytes: String
        public var clustered: String

        public init(id: String, bytes: String, clustered: String) {
            self.id = id
            self.bytes = bytes
            self.clustered = clustered
        }
    }

    /// The version this program writes.
    public static var version: Int { steps.count }

    /// The statements of each step, in order.
    public static func statements(in dialect: Dialect) -> [[String]] {
        steps.map { step in
            step.split(separator: ";").map {
                String($0).replacing("{id}", with: dialect.id).replacing("{bytes}", with: dialect.bytes)
                    .replacing("{clustered}", with: dialect.clustered)
            }.filter { $0.contains(where: { !$0.isWhitespace }) }
        }
    }

    static let steps: [String] = [
        // 1: records, roll-ups, findings, people and settings. Moments are microseconds UTC, days are days since 1970.
        """
        create table name (id {id}, text text not null unique);

        create table import (
            id {id}, file text not null, file_hash text not null unique, preset text not null,
            started_at bigint not null, state text not null, row_count bigint not null, rejected bigint not null,
            report text not null);
        create table reject (
            import bigint not null references import (id), line bigint not null, reason text not null,
            row_text text not null, primary key (import, line)) {clustered};

        create table ticket (
            id {id}, kind bigint not null, system bigint not null, number text not null, status bigint not null,
            state bigint not null, service bigint not null, category bigint not null, subcategory bigint not null,
            work_group bigint not null, location bigint not null, priority bigint not null, channel bigint not null,
            segment bigint not null, department bigint not null, assignee bigint not null, requester bigint not null,
            updated_by bigint not null, close_code bigint not null,
            opened_at bigint not null, first_response_at bigint, resolved_at bigint, closed_at bigint, due_at bigint,
            updated_at bigint, reopen_count bigint, reassignment_count bigint, sla_met bigint, is_major bigint,
            is_workaround bigint, is_first_contact bigint, work_minutes double precision,
            satisfaction double precision, problem text not null, caused_by text not null, change_type bigint,
            change_outcome bigint, is_unauthorized bigint, title text not null, body text not null,
            import bigint not null references import (id), line bigint not null, change_number bigint not null,
            history {bytes} not null);
        create unique index ticket_number on ticket (number, kind, system);
        create index ticket_opened on ticket (kind, opened_at);
        create index ticket_group on ticket (work_group, opened_at);
        create index ticket_category on ticket (category, opened_at);
        create index ticket_service on ticket (service, opened_at) where service > 0;

        create table rollup (
            kind bigint not null, dimension bigint not null, value bigint not null, month bigint not null,
            totals {bytes} not null, primary key (kind, dimension, value, month)) {clustered};
        create table slice (
            kind bigint not null, dimension bigint not null, value bigint not null, tickets bigint not null,
            primary key (kind, dimension, value)) {clustered};

        create table turn (
            id {id}, at bigint not null, changes_seen bigint not null, is_full bigint not null, body text not null);
        create table signal (id text primary key, place bigint not null, body text not null);
        create table opportunity (id text primary key, rank bigint not null, body text not null);
        create table acknowledgement (
            signal text primary key, by_login text not null, at bigint not null, note text not null);

        create table survey_answer (
            id {id}, answered_at bigint not null, survey text not null, scale_low double precision not null,
            scale_high double precision not null, score double precision, comment text not null, ticket text not null,
            service text not null, segment text not null, import bigint, line bigint);
        create table suggestion (
            id {id}, made_at bigint not null, title text not null, body text not null, by_name text not null,
            service text not null);
        create table reading (
            device text not null, quantity text not null, at bigint not null, unit text not null,
            value double precision not null, primary key (device, quantity, at)) {clustered};

        create table account (
            id {id}, login text not null unique, name text not null, role text not null, language text not null,
            password_hash text not null, created_at bigint not null, is_active bigint not null);
        create table session (
            token_hash {bytes} primary key, form_token text not null, account bigint not null references account (id),
            expires_at bigint not null);
        create table link (
            token_hash {bytes} primary key, account bigint not null references account (id),
            expires_at bigint not null);
        create table failed_login (login text not null, at bigint not null);
        create index failed_login_at on failed_login (login, at);
        create table audit (
            id {id}, at bigint not null, by_login text not null, action text not null, subject text not null);

        create table setting (key text primary key, value text not null);
        create table counter (name text primary key, value bigint not null);
        insert into counter (name, value) values ('changes', 0);
        """,

        // 2: improvements, each the sum of its entries. No entry is ever changed or taken away.
        """
        create table improvement (id {id}, opened_at bigint not null);
        create table improvement_entry (
            improvement bigint not null references improvement (id), place bigint not null, at bigint not null,
            by_name text not null, body text not null, primary key (improvement, place)) {clustered};
        """,

        // 3: answers, suggestions and readings with where they came from, their totals by day, and what was found in them.
        """
        alter table survey_answer add column by_name text not null default '';
        alter table survey_answer add column record_key text;
        create unique index survey_answer_key on survey_answer (record_key);
        create index survey_answer_at on survey_answer (answered_at);
        alter table suggestion add column votes bigint not null default 0;
        alter table suggestion add column record_key text;
        alter table suggestion add column import bigint;
        alter table suggestion add column line bigint;
        create unique index suggestion_key on suggestion (record_key);
        create index suggestion_made on suggestion (made_at);
        alter table reading add column import bigint;
        alter table reading add column line bigint;
        create table reading_quantity (name text primary key, unit text not null) {clustered};
        create table record_day (
            records bigint not null, quantity text not null, dimension bigint not null, value text not null,
            day bigint not null, asked bigint not null, given bigint not null, total double precision not null,
            squares double precision not null, rated bigint not null, promoters bigint not null,
            detractors bigint not null, primary key (records, quantity, dimension, value, day)) {clustered};
        create table series_search (id bigint primary key, body text not null);
        create table series_signal (id text primary key, place bigint not null, body text not null);
        """,

        // 4: what the analysis reads of each ticket, in blocks by kind and month of opening (see BlockSQL.swift). A store that
        // has tickets already makes them when they are first needed.
        """
        create table ticket_block (
            kind bigint not null, month bigint not null, part bigint not null, content {bytes} not null,
            primary key (kind, month, part));
        insert into counter (name, value)
            select 'blocks', case when exists (select 1 from ticket) then 0 else 1 end;
        """,

        // 5: who belongs where, keys of programs, what was announced, and messages to and from other systems.
        """
        create table membership (
            account bigint primary key references account (id), department text not null, team text not null,
            responsibilities text not null);
        create table team (department text not null, name text not null, primary key (department, name)) {clustered};
        create table access_token (
            id {id}, token_hash {bytes} not null unique, account bigint not null references account (id),
            name text not null, scope text not null, created_at bigint not null, expires_at bigint,
            last_used_at bigint, revoked_at bigint);
        create table idempotency (
            account bigint not null, key text not null, request {bytes} not null, at bigint not null,
            status bigint not null, headers text not null, body {bytes} not null, primary key (account, key))
            {clustered};
        create index idempotency_at on idempotency (at);
        create table announcement (
            id {id}, at bigint not null, kind text not null, subject text not null, key text not null unique,
            body text not null);
        create table incoming_hook (
            source text primary key, secret text not null, fields text not null, created_at bigint not null,
            last_at bigint, received bigint not null);
        create table webhook (
            id {id}, address text not null, secret text not null, kinds text not null, created_at bigint not null,
            last_seen bigint not null);
        create table delivery (
            id {id}, webhook bigint not null references webhook (id), announcement bigint not null,
            attempts bigint not null, next_at bigint not null, state text not null, answer text not null,
            unique (webhook, announcement));
        create index delivery_due on delivery (state, next_at);
        """,

        // 6: the improvement work's own signs and answers, policies and how they are kept, what people write down.
        """
        create table explanation (
            signal text primary key, cause text not null, by_name text not null, at bigint not null);
        create table weekly_answer (
            question text not null, week bigint not null, body text not null, primary key (question, week)) {clustered};
        create table weekly_sign (
            sign text not null, week bigint not null, is_there bigint not null, primary key (sign, week)) {clustered};
        create table response (
            id {id}, sign text not null, play text not null, note text not null, by_name text not null,
            at bigint not null);
        create table foresight (
            id text primary key, made_on bigint not null, due bigint not null, outcome text, settled_on bigint,
            body text not null);
        create table programme_signal (id text primary key, place bigint not null, body text not null);
        create table policy (
            id {id}, name text not null, rule text not null, target double precision not null, owner text not null,
            by_name text not null, at bigint not null, retired_at bigint, changes_seen bigint, checked_at bigint);
        create table policy_week (
            policy bigint not null references policy (id), week bigint not null, kept bigint not null,
            broken bigint not null, unknown bigint not null, primary key (policy, week)) {clustered};
        create table policy_breach (
            policy bigint not null references policy (id), place bigint not null, kind bigint not null,
            number text not null, at bigint not null, primary key (policy, place)) {clustered};
        create table document (
            id {id}, kind text not null, version bigint not null, is_removed bigint not null);
        create table document_version (
            document bigint not null references document (id), version bigint not null, body text not null,
            by_name text not null, at bigint not null, primary key (document, version)) {clustered};
        """,

        // 7: incidents that tell of the same trouble (see RecurringSQL.swift), and what people said of them.
        """
        create table recurring_word (code bigint primary key, text text not null, texts bigint not null) {clustered};
        create table recurring_text (
            id bigint primary key, problem bigint not null, texts bigint not null, latest bigint not null,
            words {bytes} not null);
        create index recurring_text_problem on recurring_text (problem);
        create table recurring_ticket (
            ticket bigint primary key references ticket (id), problem bigint not null, day bigint not null) {clustered};
        create index recurring_ticket_problem on recurring_ticket (problem, day);
        create table recurring_problem (
            id bigint primary key, place bigint not null, body text not null);
        create table recurring_state (id bigint primary key, body text not null);
        create table problem_entry (
            id {id}, problem bigint not null, deed text not null, other bigint not null, tickets text not null,
            note text not null, by_name text not null, at bigint not null);
        create table theme_review (id bigint primary key, body text not null, signals text not null);
        """,

        // 8: what people say to one another: votes, answers and thanks; hours promised; the pulse, of which only counts are
        // kept; warnings that somebody wants to hear again.
        """
        create table suggestion_vote (
            suggestion bigint not null, account bigint not null, at bigint not null, primary key (suggestion, account))
            {clustered};
        create table suggestion_note (
            suggestion bigint primary key, is_challenge bigint not null, answer text not null,
            answered_by text not null, answered_at bigint, is_declined bigint not null, follow {bytes} unique);
        create table thanks (
            id {id}, at bigint not null, by_name text not null, team text not null, person text not null,
            body text not null, improvement bigint);
        create index thanks_improvement on thanks (improvement);
        create table may_be_named (account bigint primary key);
        create table time_promise (
            department text not null, month bigint not null, hours double precision not null, by_name text not null,
            at bigint not null, primary key (department, month)) {clustered};
        create table pulse_taken (person {bytes} primary key) {clustered};
        create table pulse_count (
            month bigint not null, department text not null, question text not null, value bigint not null,
            given bigint not null, primary key (month, department, question, value)) {clustered};
        create table pulse_statement (month bigint not null, body text not null, primary key (month, body)) {clustered};
        create table unquieting (
            id {id}, source text not null, measure text not null, by_name text not null, on_day bigint not null,
            at bigint not null);
        """,

        // 9: how work flows, in totals by slice and week of opening, and the weeks whose totals have to be made (ProcessSQL.swift).
        """
        create table process_week (
            kind bigint not null, dimension bigint not null, value bigint not null, week bigint not null,
            totals {bytes} not null, primary key (kind, dimension, value, week)) {clustered};
        create table process_stale (
            kind bigint not null, week bigint not null, primary key (kind, week)) {clustered};
        create index process_week_week on process_week (kind, week);
        create table process_rule (
            kind bigint not null, place bigint not null, rule text not null, primary key (kind, place)) {clustered};
        create table process_rule_week (
            kind bigint not null, rule text not null, week bigint not null, applied bigint not null,
            broken bigint not null, primary key (kind, rule, week)) {clustered};
        create table process_breach (
            kind bigint not null, rule text not null, week bigint not null, ticket bigint not null,
            primary key (kind, rule, week, ticket)) {clustered};
        insert into process_stale (kind, week)
            select distinct kind, ((opened_at / 86400000000 + 3) / 7) * 7 - 3 from ticket;
        """,

        // 10: what is foreseen of open tickets, and how it came out. The index is of open tickets only.
        """
        create table ticket_prediction (
            ticket bigint not null references ticket (id), as_of bigint not null, hours double precision not null,
            low double precision not null, high double precision not null, chance double precision,
            is_missed bigint not null, naive double precision not null, body text not null, settled_at bigint,
            taken double precision, missed bigint, primary key (ticket, as_of));
        create index ticket_prediction_settled on ticket_prediction (settled_at);
        create index ticket_prediction_open on ticket_prediction (ticket) where taken is null;
        create table ticket_foresight (id bigint primary key, body text not null);
        create table wear_signal (id text primary key, place bigint not null, body text not null);
        create index ticket_open on ticket (kind, opened_at) where status < 4;
        """,
    ]
}
