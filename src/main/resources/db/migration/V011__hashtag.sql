-- What speaks for a post beside the followed hashtag, where the hashtag alone is not enough.

create table hashtag_guard (
  meeting     uuid        primary key references meeting (id),
  second_tags text[]      not null,
  known       boolean     not null,
  topics      text[]      not null,
  updated_at  timestamptz not null
);

-- Whether the guard kept the post out: it is counted apart and in no queue.
alter table post_meeting add column stray boolean not null default false;
