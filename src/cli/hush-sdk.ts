/** The AWS SDK warns of Node.js versions that it will drop one day: nothing that a user of a command can act upon. */
export function hushSdk(): void {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
}
