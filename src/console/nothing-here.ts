import type { Response } from 'express';

const page = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>LeadOps</title><meta name="robots" content="noindex"></head>
<body>
<h1>LeadOps</h1>
<p>There is nothing at this address.</p>
<p>LeadOps is an operations agent that people talk to in Slack: type <code>/leadops help</code> there. This port serves
its health and files by links from Slack; a link works for a short time, and only as it was given.</p>
</body>
</html>
`;

/**
 * The page for an unknown address: what this server is, and where the work happens. It reveals nothing of the inside.
 */
export function nothingHere(response: Response): void {
  response.status(404).type('html').send(page);
}
