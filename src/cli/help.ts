const command = "dintero-checkout-element";

const overview = `Usage: ${command} <command> [options]

Commands:
  sandbox   Run a local stand-in for Dintero: REST API, hosted page, signed callbacks
  doctor    Check a setup and suggest fixes

Options:
  -h, --help   Show this help; after a command, the help of that command
  --version    Show the version

Examples:
  npx ${command} sandbox
  npx ${command} doctor --url https://shop.example/checkout
`;

const sandbox = `Usage: ${command} sandbox [options]

Runs a local stand-in for Dintero until Ctrl-C and prints the environment variables of its credentials.
No real money moves. Open its address for the console.

Options:
  --port NUMBER       Port to listen on, 0 for any free one (default 4242)
  --host ADDRESS      Address to listen on, and to be reached by (default 127.0.0.1)
  --url URL           Public address: of a tunnel, or a service of Docker Compose
  --allow-host NAME   Also answer requests for this host (can be repeated)
  --trust-network     Open console and control calls to every client, not to this machine alone
  --account ID        Account id to use (default T12345678)
  --secret TEXT       Derive the credentials from a text, so that they survive a restart
  --state FILE        Keep sessions and transactions in a file
  --deliver-to HOST   Also send callbacks to HOST, HOST:PORT or, with *, anywhere (can be repeated)
  --env-file FILE     Write the environment variables into a file, keeping the rest of it
  --json              Print one line of JSON
  --version           Show the version
  -h, --help          Show this help

Example:
  npx ${command} sandbox --state sandbox.json --env-file .env
`;

const doctor = `Usage: ${command} doctor [options]

Checks the environment variables, credentials, clock and a test session, and with the options below also the shop.
On a production account it asks for confirmation first. It never prints a secret.

Options:
  --url URL        Check the page with the element: its CSP and other policies
  --endpoint URL   Check the endpoint of the element; may be a path, relative to --url
  --callback URL   Check the callback address, without touching an order
  --json           Print JSON
  -h, --help       Show this help

Options to compare a test account with the sandbox, call by call:
  --compare        Send the documented life of a session to both, and print each difference
  --pay            Go on with a payment that you make in a browser: capture, refund, void
  --known FILE     Report only differences that are not in FILE; written where there is none
  --yes            Do not ask for confirmation

Exit codes:
  0  every check passed, or no new difference
  1  a check failed
  2  usage error

Example:
  npx ${command} doctor --url https://shop.example/checkout --endpoint /api/checkout
`;

/** What `--help` prints: of one command, or of all. */
export const help = { overview, sandbox, doctor };
