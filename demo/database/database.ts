import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import Libsql from "libsql";
import { migrations } from "./migrations.ts";

type Value = string | number | null;

/**
 * SQLite in one file, for any number of processes on one machine.
 *
 * On Postgres only the driver changes: this file, whose calls are awaited there and need no pragmas, and the types of the
 * columns (`BIGINT`, `GENERATED ALWAYS AS IDENTITY`). The statements are standard SQL, and they are just as safe
 * there: a guarded `UPDATE … WHERE status = 'open'` waits for the other transaction on the row, then evaluates its condition again.
 */
export class Database {
  #connection;
  #statements = new Map<string, Libsql.Statement>();

  constructor(connection: Libsql.Database) {
    this.#connection = connection;
  }

  /** Opens the file, or creates it with its folder. Throws an error with the file's name and what to do. */
  static open(file: string): Database {
    try {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      // Only the shop may read orders; SQLite gives its other files the permissions of this one.
      closeSync(openSync(file, "a", 0o600));
      const connection = new Libsql(file);
      // Another process may be writing: wait, for at most this many ms.
      connection.exec("PRAGMA busy_timeout = 5000");
      // Readers do not block the writer. FULL: a commit that was reported outlives a power cut.
      connection.exec("PRAGMA journal_mode = WAL");
      connection.exec("PRAGMA synchronous = FULL");
      connection.exec("PRAGMA foreign_keys = ON");
      const database = new Database(connection);
      database.#migrate();
      return database;
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      const advice = "Repair it, move it away to start without orders, or set DATA_FOLDER to another folder.";
      throw new Error(`The database ${file} cannot be opened: ${why}. ${advice}`, { cause });
    }
  }

  all<Row>(sql: string, ...values: Value[]): Row[] {
    return this.#prepare(sql).all(values) as Row[];
  }

  get<Row>(sql: string, ...values: Value[]): Row | undefined {
    return this.all<Row>(sql, ...values)[0];
  }

  /** Returns the number of rows that changed. */
  run(sql: string, ...values: Value[]): number {
    return this.#prepare(sql).run(values).changes;
  }

  /** Commits everything that `work` writes, or nothing. It must not await: it blocks all other writers until it returns. */
  transaction<Result>(work: () => Result): Result {
    // Part of an outer transaction.
    if (this.#connection.inTransaction) return work();
    // IMMEDIATE takes the write lock before the first read, so that what was read is still true when it is written.
    this.#connection.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.#connection.exec("COMMIT");
      return result;
    } catch (error) {
      // SQLite rolls back by itself when the disk is full.
      if (this.#connection.inTransaction) this.#connection.exec("ROLLBACK");
      throw error;
    }
  }

  close(): void {
    this.#statements.clear();
    this.#connection.close();
  }

  #prepare(sql: string): Libsql.Statement {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, (statement = this.#connection.prepare(sql)));
    return statement;
  }

  #migrate(): void {
    this.transaction(() => {
      const { user_version: version } = this.get<{ user_version: number }>("PRAGMA user_version")!;
      if (version > migrations.length) throw new Error("it was written by a newer version of this shop");
      for (const migration of migrations.slice(version)) this.#connection.exec(migration);
      this.#connection.exec(`PRAGMA user_version = ${migrations.length}`);
    });
  }
}
