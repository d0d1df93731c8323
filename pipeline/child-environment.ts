/** What a program we start needs of our own environment: where things are, and how this machine reaches the network. */
const needed =
  /^(?:PATH|HOME|USER|LOGNAME|SHELL|TMPDIR|TEMP|TMP|TZ|LANG|LANGUAGE|LC_\w+|DISPLAY|XAUTHORITY|WAYLAND_DISPLAY|XDG_\w+|DBUS_SESSION_BUS_ADDRESS|FONTCONFIG_\w+|LD_LIBRARY_PATH|SSL_CERT_\w+|NODE_EXTRA_CA_CERTS|(?:HTTPS?|NO|ALL)_PROXY|PLAYWRIGHT_\w+|SYSTEMROOT|APPDATA|LOCALAPPDATA|USERPROFILE|LEADOPS_DATABASE_SYNC)$/i;

/**
 * The environment for programs that are not ours. Our own holds every token and key of the settings; a browser that
 * opens vendors' pages must not have them in its environment.
 */
export function childEnvironment(own: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(own).flatMap(([name, value]) => (value !== undefined && needed.test(name) ? [[name, value]] : [])),
  );
}
