/** Endpoints that are not AWS's: one clear diagnostic each, and no waiting for ever. */
import assert from 'node:assert/strict';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { connect } from '../../src/deploy/clients.ts';
import { DiagnosticError } from '../../src/diagnostics/diagnostic.ts';

const inherited = { ...process.env };
before(() => {
  Object.assign(process.env, { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' });
});
after(() => {
  process.env = inherited;
});

const SERVERS: [name: string, server: Server, code: string, message: RegExp][] = [
  ['one that never answers', createServer(() => {}), 'SH6004', /does not answer: could not ask AWS who is calling/],
  ['one that hangs up', createServer((socket) => void socket.destroy()), 'SH6004', /does not answer/],
  [
    'a web site',
    createHttpServer((_, response) => void response.end('<html><body>hello</body></html>')),
    'SH6004',
    /does not speak as AWS does/,
  ],
  [
    'one that is broken',
    createHttpServer((_, response) => void response.writeHead(503).end('no')),
    'SH6011',
    /could not/,
  ],
];

describe('an endpoint', () => {
  for (const [name, server, code, message] of SERVERS) {
    it(name, async () => {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      try {
        await connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 300);
        assert.fail('it connected');
      } catch (error) {
        assert.ok(error instanceof DiagnosticError, String(error));
        assert.equal(error.diagnostics.length, 1);
        assert.equal(error.diagnostics[0]!.code, code);
        assert.match(error.diagnostics[0]!.message, message);
      } finally {
        server.close();
        if ('closeAllConnections' in server) (server as ReturnType<typeof createHttpServer>).closeAllConnections();
      }
    });
  }
});
