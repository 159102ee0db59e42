-- Which run of an operation's work is the newest. Jobs do run twice: one that lost its lease and fails late must not end what a newer run is doing, nor write between its rows.
ALTER TABLE operation ADD COLUMN run integer NOT NULL DEFAULT 0 CHECK (run >= 0);
