CREATE TABLE half (id int);
SELECT 1 / 0;
