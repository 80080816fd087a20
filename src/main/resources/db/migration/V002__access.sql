-- Who calls: sign-ins, their tokens, the roles and participants bound to them, and the links that
-- give roles. No secret is stored: every token is 256 random bits and kept as its SHA-256 hash.

create table sign_in (
  id          uuid primary key,
  created_at  timestamptz not null,
  -- Roles count until then; every use moves it on. Screens have an end of their own (role_grant).
  staff_until timestamptz
);

create table access_token (
  hash       bytea primary key check (octet_length(hash) = 32),
  sign_in    uuid        not null references sign_in (id) on delete cascade,
  expires_at timestamptz not null,
  -- When a newer token took its place. It then lives a little longer, for requests under way, and
  -- has only what it had before: a planted old token must not grow with its victim's rights.
  rotated_at timestamptz
);

create index access_token_sign_in on access_token (sign_in);
create index access_token_expiry on access_token (expires_at);

create table participant (
  id        uuid primary key,
  -- No foreign key: hundreds of joins a second would all share-lock their meeting's one row.
  meeting   uuid        not null,
  sign_in   uuid        not null references sign_in (id),
  name      text,
  joined_at timestamptz not null,
  unique (sign_in, meeting)
);

create index participant_meeting on participant (meeting);

create table invitation (
  id         uuid primary key,
  meeting    uuid        not null,
  session    uuid,
  role       text        not null check (role in ('organiser', 'moderator', 'speaker', 'screen')),
  name       text        not null,
  token_hash bytea       not null unique check (octet_length(token_hash) = 32),
  created_at timestamptz not null,
  created_by uuid        not null,
  expires_at timestamptz not null,
  used_at    timestamptz,
  revoked_at timestamptz
);

create index invitation_meeting on invitation (meeting, id);

create table role_grant (
  id         uuid primary key,
  role       text        not null check (role in ('organiser', 'moderator', 'speaker', 'screen')),
  meeting    uuid,
  session    uuid,
  name       text        not null,
  sign_in    uuid        not null references sign_in (id),
  invitation uuid        references invitation (id),
  granted_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  -- Only the organiser who set the server up has the whole of it.
  check (meeting is not null or (role = 'organiser' and session is null and invitation is null))
);

create index role_grant_sign_in on role_grant (sign_in) where revoked_at is null;

-- One use of an invitation, and one organiser of the server: whoever races loses here at the latest.
create unique index role_grant_invitation on role_grant (invitation) where revoked_at is null;
create unique index role_grant_server on role_grant ((true))
  where meeting is null and revoked_at is null;

create table setup_link (
  hash       bytea primary key check (octet_length(hash) = 32),
  purpose    text        not null check (purpose in ('setup', 'sign-in')),
  expires_at timestamptz not null
);

-- Principals (grants and participants) that lost what they had. Every node reads the newest rows
-- each second and ends what it holds of them; rows are of no use after an hour.
create table revocation (
  id        uuid primary key,
  principal uuid        not null,
  sign_in   uuid        not null,
  at        timestamptz not null
);

create index revocation_at on revocation (at);
