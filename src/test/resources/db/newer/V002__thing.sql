CREATE TABLE thing (id int PRIMARY KEY, name text NOT NULL);
INSERT INTO thing (id, name) VALUES (1, 'one; still one statement');
