// Ports below the range from which the system serves outgoing connections: one that a killed server gives up for seconds is still there when it comes back.
import net from 'node:net';

const FIRST = 12_000;
const WIDTH = 400;
const SLICES = 40;
/** Storms that run beside each other are told a slice of their own. */
const slice = Number(process.env.STORM_SLICE ?? process.pid) % SLICES;
let next = 0;

/** A slice that no other storm of this process's family has. */
export function sliceOf(lane) {
  return (slice + lane * 7) % SLICES;
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** A free TCP port of this process's slice; none is handed out twice before all were. */
export async function freePort() {
  for (let tries = 0; tries < WIDTH; tries++) {
    const port = FIRST + slice * WIDTH + (next++ % WIDTH);
    if (await isFree(port)) return port;
  }
  throw new Error(`No port is free from ${FIRST + slice * WIDTH} on`);
}
