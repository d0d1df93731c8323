# LeadOps as one process. Debian's Chromium is the browser; nothing is downloaded at run time.
# Not built on the machine it was written on (no Docker engine there): see "What could not be verified" in the README.
FROM node:22-bookworm-slim

RUN apt-get update \
  && apt-get install -y --no-install-recommends chromium fonts-liberation ca-certificates tini \
  && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY package.json package-lock.json ./
# Without the workspace: the stand-ins (sandbox/) and their packages are not part of the image.
RUN npm ci --omit=dev --workspaces=false --no-audit --no-fund && npm cache clean --force
COPY . .
# The set-up code compares this mark with the lock file; the packages above are the ones it names.
RUN sha256sum package-lock.json | cut -d' ' -f1 | tr -d '\n' > node_modules/.leadops-lock \
  && useradd --create-home --uid 10001 leadops \
  && mkdir -p /data && chown -R leadops:leadops /data /app/node_modules/.leadops-lock

USER leadops
ENV NODE_ENV=production DATA_DIR=/data PORT=3000 CHROMIUM_PATH=/usr/bin/chromium
VOLUME /data
EXPOSE 3000
# Whether the process answers, not whether everything around it does: a restart mends no outage of Slack or the database.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD node -e "fetch('http://127.0.0.1:'+(process.env.PORT||3000)+'/alive').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"
# tini ends Chromium's left-over children. Chromium's own sandbox makes user namespaces, which Docker's usual seccomp
# profile forbids: started like that, it runs without one and the log says so (CHROMIUM_SANDBOX=auto). To have it, start the
# container with a profile that allows clone and unshare (docs/setup.md) and CHROMIUM_SANDBOX=on.
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["node", "--import", "tsx", "src/main.ts"]
