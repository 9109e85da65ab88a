INSERT INTO branch (code, name, name_en, position) VALUES ('main', '本館', 'Main Library', 1);

INSERT INTO patron (id, card_number, card_expires_on, name, born_on, password_hash, password_is_initial, initial_failures, contact_method)
VALUES (1, '1', '2027-01-01', '花子', '1990-04-01', '', TRUE, 0, '');

INSERT INTO bibliographic_record (id, key, digest, title, title_reading, title_sort, author_sort, volume, series, series_reading, series_volume, publisher, published_on, material, audience, language, extent, notes, added_on)
VALUES (1, 'a', '', 'こころ', '', '', '', '', '', '', '', '', '', 'book', 'general', '', '', '', '2026-01-01');

INSERT INTO item (id, record_id, barcode, branch_code, place, call_number, for_loan, state)
VALUES (1, 1, 'B1', 'main', '', '', TRUE, 'on_shelf'), (2, 1, 'B2', 'main', '', '', TRUE, 'on_shelf');

INSERT INTO loan (id, patron_id, item_id, branch_code, lent_on, due_on, renewals, is_interlibrary, returned_at)
VALUES (1, 1, 1, 'main', '2026-11-01', '2026-11-15', 0, FALSE, NULL),
       (2, 1, 2, 'main', '2026-11-01', '2026-11-15', 0, FALSE, '2026-11-02 10:00:00');

INSERT INTO hold (id, patron_id, record_id, state, slot, limit_class, queue_number, pickup_branch, contact_method, placed_at, ended_at)
VALUES (1, 1, 1, 'waiting', 1, '', 1, 'main', 'none', '2026-11-01 10:00:00', NULL),
       (2, 1, 1, 'lent', NULL, '', NULL, 'main', 'none', '2026-11-01 10:00:00', '2026-11-02 10:00:00'),
       (3, 1, 1, 'cancelled', NULL, '', NULL, 'main', 'none', '2026-11-01 10:00:00', '2026-11-02 10:00:00'),
       (4, 1, 1, 'lapsed', NULL, '', NULL, 'main', 'none', '2026-11-01 10:00:00', '2026-11-02 10:00:00');
