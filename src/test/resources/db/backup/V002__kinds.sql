CREATE TYPE mood AS ENUM ('calm', 'it''s "fine"');
CREATE TABLE kinds (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  parent int REFERENCES kinds,
  small smallint,
  exact numeric,
  wave double precision,
  flag boolean,
  words text,
  fixed char(5),
  short varchar(7),
  bytes bytea,
  written json,
  stored jsonb,
  list text[],
  grid int[],
  at timestamptz,
  wall timestamp,
  day date,
  span interval,
  mood mood,
  key uuid,
  "odd ""name" text,
  doubled int GENERATED ALWAYS AS (small * 2) STORED
);
CREATE TABLE ring_a (id int PRIMARY KEY, b int NOT NULL);
CREATE TABLE ring_b (id int PRIMARY KEY, a int NOT NULL REFERENCES ring_a);
ALTER TABLE ring_a ADD CONSTRAINT ring FOREIGN KEY (b) REFERENCES ring_b DEFERRABLE INITIALLY DEFERRED;
CREATE TABLE log (id bigserial PRIMARY KEY, text text NOT NULL);
CREATE FUNCTION count_twice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO log (text) VALUES ('trigger');
  RETURN NEW;
END $$;
CREATE TRIGGER counting AFTER INSERT ON ring_a FOR EACH ROW EXECUTE FUNCTION count_twice();
CREATE UNLOGGED TABLE passing (id int);
