/**
 * The client side of Lambda's Runtime API, as AWS's own nodejs runtimes have it: asks for the next event, calls the
 * handler of the package, answers. It runs in a child process, so it is kept as text: written beside the unzipped
 * package by the Runtime API server, and into a `bootstrap` file for AWS's runtime interface emulator.
 */
export const BOOTSTRAP = `
'use strict';
const http = require('node:http');
const path = require('node:path');
const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true });

function request(method, where, body, headers) {
  return new Promise((resolve, reject) => {
    const call = http.request({ host, port, agent, method, path: '/2018-06-01/runtime/' + where, headers }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts).toString() }));
      answer.on('error', reject);
    });
    call.on('error', reject);
    call.end(body);
  });
}

const failure = (error) => JSON.stringify({
  errorType: String((error && error.name) || 'Error'),
  errorMessage: String((error && error.message) || error),
  trace: error && error.stack ? String(error.stack).split('\\n') : [],
});
const asError = (error) => ({ 'Content-Type': 'application/json', 'Lambda-Runtime-Function-Error-Type': 'Unhandled' });

(async () => {
  let handler;
  try {
    const [file, name] = process.env._HANDLER.split('.');
    handler = require(path.join(process.env.LAMBDA_TASK_ROOT, file))[name];
    if (typeof handler !== 'function') throw new TypeError(process.env._HANDLER + ' is not a function');
  } catch (error) {
    await request('POST', 'init/error', failure(error), asError(error));
    process.exit(1);
  }
  for (;;) {
    const next = await request('GET', 'invocation/next');
    if (next.status !== 200) process.exit(1);
    const id = next.headers['lambda-runtime-aws-request-id'];
    const deadline = Number(next.headers['lambda-runtime-deadline-ms']);
    const context = {
      awsRequestId: id,
      functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
      functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
      invokedFunctionArn: next.headers['lambda-runtime-invoked-function-arn'],
      memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
      getRemainingTimeInMillis: () => deadline - Date.now(),
    };
    try {
      const result = await handler(JSON.parse(next.body), context);
      await request('POST', 'invocation/' + id + '/response', JSON.stringify(result === undefined ? null : result), { 'Content-Type': 'application/json' });
    } catch (error) {
      await request('POST', 'invocation/' + id + '/error', failure(error), asError(error));
    }
  }
})().catch(() => process.exit(1));
`;
