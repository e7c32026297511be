// Loaded before the product's own code in every process of the storm. Traps are files that the supervisor lays down: the process that
// first comes by a named point takes the file away (one process gets it, whoever else comes by) and dies or freezes on the spot.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';

const folder = process.env.STORM_TRAPS;
const skewFile = process.env.STORM_SKEW;

/**
 * Called at a named point of the patched build. `kill` is `kill -9` by its own hand, at this very instruction; `stop` freezes it there; `fail 57P01` is what the
 * database's driver throws when a statement fails with that SQLSTATE.
 */
globalThis.stormPoint = (name) => {
  const trap = path.join(folder, name);
  const taken = `${trap}.${process.pid}.taken`;
  try {
    renameSync(trap, taken);
  } catch {
    return;
  }
  const deed = readFileSync(taken, 'utf8').trim();
  writeFileSync(taken, `${deed} ${process.env.STORM_NAME} ${process.pid}\n`);
  const [, code] = deed.split(' ');
  if (code) throw Object.assign(new pg.DatabaseError(`the storm lets this statement fail with ${code}`, 0, 'error'), { code });
  process.kill(process.pid, deed === 'stop' ? 'SIGSTOP' : 'SIGKILL');
};

/** A clock that is wrong by as many milliseconds as the file says, for this process alone. */
function skewClock() {
  const RealDate = Date;
  let offset = 0;
  const read = () => {
    try {
      offset = Number(readFileSync(skewFile, 'utf8')) || 0;
    } catch {
      offset = 0;
    }
  };
  read();
  setInterval(read, 500).unref();
  globalThis.Date = class extends RealDate {
    constructor(...given) {
      if (given.length === 0) super(RealDate.now() + offset);
      else super(...given);
    }

    static now() {
      return RealDate.now() + offset;
    }
  };
}

if (skewFile) skewClock();
