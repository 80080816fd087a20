-- What a wording is found by, near-duplicates, and questions that were taken along to the next talk.

-- Computed in plenary.question.Wording: 32 numbers, each of three least hashes of the text's trigrams
-- and of the session, so that two similar texts of a session share some and others rarely do.
-- Not pg_trgm, which knows no letters but those of the database's locale: under C only ASCII's.
create table question_sketch (
  question_id uuid      primary key references question (id) on delete cascade,
  keys        integer[] not null
);

-- Without a pending list, which every search would have to read through.
create index question_sketch_keys on question_sketch using gin (keys) with (fastupdate = off);

-- Some questions that share a key. A comparison of two arrays costs far more than the planner thinks,
-- so it would read a whole table of thousands rather than go by the index.
create function question_near(wanted integer[], at_most integer) returns setof uuid
  language plpgsql stable rows 20 set enable_seqscan = off as $$
begin
  return query select question_id from question_sketch where keys && wanted limit at_most;
end
$$;

alter table question
  -- The near-duplicates there were when it was asked: [{"id": …, "score": per cent}]
  add column lookalikes json not null default '[]',
  -- The question of another session that this one is a copy of.
  add column carried_from uuid references question (id) on delete set null;

-- Whoever carries a question over twice has carried it over once.
create unique index question_carried on question (carried_from, session_id)
  where carried_from is not null;

-- The contract names the actions.
alter table moderation_log
  drop constraint moderation_log_action_check,
  add constraint moderation_log_action_check check (action ~ '^[a-z-]{1,40}$');
