-- Going on as the same participant on a second device: a short code, shown on the first one.

-- A token that a code gave. It is a participant's alone: roles that its sign-in gets stay out of
-- its reach, so that nobody who saw a code becomes a moderator when the first device does.
alter table access_token add column second_device boolean not null default false;

-- One living code per sign-in. Eight characters are few enough that their hash can be turned back,
-- but only by who reads the database within the five minutes that the code is good for.
create table transfer (
  sign_in    uuid primary key references sign_in (id) on delete cascade,
  hash       bytea       not null unique check (octet_length(hash) = 32),
  expires_at timestamptz not null,
  -- Hash of the key that it was used with: the same request sent again gets its answer again.
  used_with  bytea check (octet_length(used_with) = 32)
);

create index transfer_expiry on transfer (expires_at);
