/**
 * The tables. Each entry takes the database one version further and is never changed once it was released: a new
 * release appends. Times are ms since the epoch, amounts are minor units, what is a list is kept as JSON.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE shoppers (
    id TEXT PRIMARY KEY,
    order_id TEXT,               -- the order that was last made of the cart
    expires_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE cart_lines (
    shopper TEXT NOT NULL REFERENCES shoppers (id) ON DELETE CASCADE,
    product TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (shopper, product)
  ) STRICT;

  CREATE TABLE orders (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT UNIQUE,              -- the merchant reference at Dintero
    shopper TEXT NOT NULL,
    flow TEXT NOT NULL CHECK (flow IN ('plain', 'express')),
    status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'paid', 'cancelled')),
    currency TEXT NOT NULL,
    amount INTEGER NOT NULL,
    lines TEXT NOT NULL,
    address TEXT,
    transaction_id TEXT UNIQUE,  -- the transaction that paid it
    read_at INTEGER NOT NULL DEFAULT 0,         -- when the shop last read the payment for a page view
    reserved_until INTEGER NOT NULL DEFAULT 0,  -- while somebody moves its money
    created_at INTEGER NOT NULL,
    CHECK (status <> 'paid' OR transaction_id IS NOT NULL)
  ) STRICT;
  CREATE INDEX orders_by_shopper ON orders (shopper);

  CREATE TABLE sessions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    order_id TEXT NOT NULL REFERENCES orders (id),
    url TEXT NOT NULL,
    return_url TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    -- used: an attempt to pay ended in it, the next attempt gets a session of its own. over: it can no longer be paid.
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'used', 'over'))
  ) STRICT;
  CREATE INDEX sessions_by_order ON sessions (order_id);

  CREATE TABLE transactions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    order_id TEXT NOT NULL REFERENCES orders (id),
    session_id TEXT NOT NULL REFERENCES sessions (id),
    status TEXT NOT NULL,        -- as Dintero names it
    amount INTEGER NOT NULL,
    captured INTEGER NOT NULL,
    refunded INTEGER NOT NULL,
    captured_lines TEXT NOT NULL,
    refunded_lines TEXT NOT NULL,
    method TEXT,
    problem TEXT                 -- why it is not the payment of the order
  ) STRICT;
  CREATE INDEX transactions_by_order ON transactions (order_id);

  CREATE TABLE callbacks (
    delivery_id TEXT PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id),
    processed_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE history (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id TEXT NOT NULL REFERENCES orders (id),
    at INTEGER NOT NULL,
    text TEXT NOT NULL
  ) STRICT;
  CREATE INDEX history_by_order ON history (order_id);
  `,
  // Captures, refunds and voids with their state: those that Dintero has accepted are done later.
  "ALTER TABLE transactions ADD COLUMN operations TEXT NOT NULL DEFAULT '[]'",
  // Each new shopper removes those who have expired.
  "CREATE INDEX shoppers_by_expiry ON shoppers (expires_at)",
];
