// What the person at the terminal sees: a line per finished step, and a sign of life from steps that take long.
const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/** One line on screen, marked as ours. */
export function say(line) {
  console.log(`· ${line}`);
}

/** Runs a step, prints how long it took, and every five seconds that it is still at it. */
export async function step(title, work) {
  const startedAt = Date.now();
  const timer = setInterval(() => say(`${title} … ${seconds(Date.now() - startedAt)}`), 5000);
  try {
    const result = await work();
    console.log(`✓ ${title} (${seconds(Date.now() - startedAt)})`);
    return result;
  } finally {
    clearInterval(timer);
  }
}

/** Where everything is, once it runs. */
export function whereEverythingIs({ ports, data, temporalUi, keyFile }) {
  const at = (port, path = '') => `http://127.0.0.1:${port}${path}`;
  const rows = [
    ['REST API', at(ports.api, '/api/v1')],
    ['Try it (Swagger UI)', at(ports.api, '/docs')],
    ['Temporal UI', temporalUi],
    ['Mailbox', at(ports.local, '/')],
    ['Registered post tray', at(ports.local, '/post')],
    ['API key', keyFile],
    ['Data, logs', data],
  ];
  const width = Math.max(...rows.map(([what]) => what.length));
  return [
    '',
    'Relance is running.',
    ...rows.map(([what, where]) => `  ${what.padEnd(width)}  ${where}`),
    '',
    'Ctrl-C stops everything; nothing is lost.',
  ].join('\n');
}
