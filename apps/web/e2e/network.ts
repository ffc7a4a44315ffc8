import { createServer, request as ask, type IncomingMessage } from 'node:http';

/** What stands between a browser and a site, and can be taken away: the worker of a page obeys no airplane mode of ours. */
export interface Network {
  /** Where the browser finds the site, without a trailing slash. */
  origin: string;
  cut: () => void;
  mend: () => void;
  /** Resolves once that many requests whose address ends like this have gone through since now. */
  passed: (ending: string, count: number) => Promise<void>;
  close: () => void;
}

export async function openNetwork(site: string): Promise<Network> {
  let isCut = false;
  const watchers = new Set<(url: string) => void>();
  const server = createServer((request, response) => {
    const options = { method: request.method, headers: request.headers };
    const onward = ask(`${site}${request.url}`, options, (answer: IncomingMessage) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    // The site is not there: neither is the network.
    onward.on('error', () => response.destroy());
    onward.on('finish', () => watchers.forEach((watch) => watch(request.url ?? '')));
    request.pipe(onward);
  });
  server.on('connection', (socket) => void (isCut && socket.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return {
    origin: `http://127.0.0.1:${port}`,
    cut() {
      isCut = true;
      server.closeAllConnections();
    },
    mend() {
      isCut = false;
    },
    passed(ending, count) {
      let seen = 0;
      return new Promise((resolve) => {
        const watch = (url: string) => {
          if (!url.endsWith(ending) || (seen += 1) < count) return;
          watchers.delete(watch);
          resolve();
        };
        watchers.add(watch);
      });
    },
    close() {
      server.close();
      server.closeAllConnections();
    }
  };
}
