-- Questions, their votes, and the log of what moderators did.

create table question (
  id            uuid        primary key,
  session_id    uuid        not null references session_head (session_id),
  asker         uuid,
  author_name   text,
  author_role   text,
  source        text        not null,
  asked_at      timestamptz not null,
  original_text text        not null,
  reasons       json        not null,
  -- What moderators change; the log keeps these fields as they were.
  text          text        not null,
  status        text        not null check (status in ('incoming', 'approved', 'queued', 'stage',
                                                       'answered', 'dismissed', 'merged', 'withdrawn')),
  rank          text        collate "C",
  merged_into   uuid        references question (id),
  labels        text[]      not null default '{}',
  pinned        boolean     not null default false,
  reason        text,
  note          text,
  assignee      text,
  -- Who changed it last, and the version at which moderators saw that.
  changed_by    text,
  changed_at    timestamptz not null,
  version       bigint      not null,
  -- Derived: the question at the end of the chain of merges.
  root          uuid        not null,
  -- The views (a mask) that page to it instead of having it in their stream.
  crowded_out   integer     not null default 0,
  check ((status = 'queued') = (rank is not null)),
  check ((status = 'merged') = (merged_into is not null)),
  check (merged_into <> id),
  -- Checked at the commit: one act may turn the whole queue.
  constraint question_queue exclude using btree (session_id with =, rank with =)
    where (status = 'queued') deferrable initially deferred
) with (fillfactor = 70);

-- The distinct voters of a question's group. Apart from its question, for every batch of votes updates
-- it: narrow, with room in its pages, and no index but that of the key, so that no update touches one.
create table question_tally (
  question_id uuid    primary key references question (id) on delete cascade,
  votes       integer not null default 0
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);

create unique index question_one_on_stage on question (session_id) where status = 'stage';
create index question_session on question (session_id, id);
create index question_asker on question (asker, session_id);
create index question_group on question (root);
create index question_merged on question (merged_into) where merged_into is not null;

-- The question is one of the session's, which a vote has found under the session's lock; a foreign key
-- would look for each vote once more, and cost as much as the vote.
create table vote (
  question_id    uuid        not null,
  participant_id uuid        not null,
  session_id     uuid        not null,
  at             timestamptz not null,
  primary key (participant_id, question_id)
);

create index vote_question on vote (question_id);

create table moderation_log (
  id         uuid        primary key,
  session_id uuid        not null references session_head (session_id),
  version    bigint      not null,
  at         timestamptz not null,
  actor      uuid        not null,
  actor_name text        not null,
  actor_role text        not null,
  action     text        not null check (action in ('move', 'edit', 'merge', 'undo', 'withdraw')),
  reason     text,
  -- [{"id": …, "from": {field: value}, "to": {field: value}}]
  changes    json        not null,
  undoes     uuid        unique references moderation_log (id)
);

create index moderation_log_session on moderation_log (session_id, id);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the moderation log is only ever added to';
end
$$;

create trigger moderation_log_append_only before update or delete on moderation_log
  for each row execute function refuse_change();
