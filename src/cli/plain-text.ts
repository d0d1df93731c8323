/** Slack's mrkdwn as a terminal shows it. */
export function plainText(text: string): string {
  return text
    .replaceAll(/<!date\^\d+\^[^|>]*\|([^>]*)>/g, '$1')
    .replaceAll(/<([^|>]+)\|([^>]+)>/g, '$2 ($1)')
    .replaceAll(/<[@#]([A-Z0-9]+)(?:\|[^>]*)?>/g, '$1')
    .replaceAll(/[*`~]/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
