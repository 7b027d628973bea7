#!/usr/bin/env node
// Starts the gateway that the package of this platform brings.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { spawn } = require('node:child_process');

const system = { linux: 'linux', darwin: 'macos' }[process.platform] ?? process.platform;
const wanted = `lynkr-${system}-${process.arch}`;

function distribution() {
  try {
    return path.dirname(require.resolve(`${wanted}/package.json`));
  } catch {
    console.error(`lynkr: the package ${wanted} is not installed.`);
    console.error('  It comes by itself unless optional packages are left out, or there is none for this platform.');
    process.exit(1);
  }
}

// npm gives files the time of their installation; the cache that quickens the start knows jars by their time.
function restoreTimes(root) {
  const made = require(path.join(root, 'package.json')).lynkr.filesFrom;
  const lib = path.join(root, 'lib');
  try {
    for (const entry of fs.readdirSync(lib, { recursive: true })) {
      const file = path.join(lib, entry);
      if (file.endsWith('.jar') && fs.statSync(file).mtimeMs !== made * 1000) {
        fs.utimesSync(file, made, made);
      }
    }
  } catch {
    // Somebody else's files: it starts all the same, only slower.
  }
}

const root = distribution();
restoreTimes(root);
const gateway = spawn(path.join(root, 'bin', 'lynkr'), process.argv.slice(2), { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => gateway.kill(signal));
}
gateway.on('error', (broken) => {
  console.error(`lynkr: ${broken.message}`);
  process.exit(1);
});
gateway.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
