// Compares what a running gateway's index says with what others say about the same files.
//   node benchmarks/index-accuracy.mjs definitions URL ROOT    truth: universal-ctags on the PATH
//   node benchmarks/index-accuracy.mjs references URL ROOT     truth: the TypeScript language service (npm: typescript)
// URL is the gateway's address, ROOT its WORKSPACE_ROOT. Prints precision, recall and sizes of answers.
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {relative, resolve} from 'node:path';

const [what, url, root] = process.argv.slice(2);
const SAMPLES = Number(process.env.SAMPLES ?? 80);

async function call(name, args) {
    const began = performance.now();
    const answer = await fetch(`${url}/mcp`, {
        method: 'POST',
        headers: {'content-type': 'application/json'},
        body: JSON.stringify({jsonrpc: '2.0', id: 1, method: 'tools/call', params: {name, arguments: args}}),
    });
    const text = (await answer.json()).result.content[0].text;
    return {text, ms: performance.now() - began};
}

// The same sample at every run: each n-th of a sorted list.
function sample(all) {
    const step = Math.max(1, Math.floor(all.length / SAMPLES));
    return all.filter((_, i) => i % step === 0).slice(0, SAMPLES);
}

function score(rows) {
    const mean = f => (rows.reduce((sum, row) => sum + f(row), 0) / rows.length).toFixed(3);
    const ms = rows.map(row => row.ms).sort((a, b) => a - b);
    return {
        questions: rows.length,
        precision: mean(row => (row.found.size === 0 ? (row.truth.size === 0 ? 1 : 0) : [...row.found].filter(x => row.truth.has(x)).length / row.found.size)),
        recall: mean(row => (row.truth.size === 0 ? 1 : [...row.truth].filter(x => row.found.has(x)).length / row.truth.size)),
        first: mean(row => (row.truth.has([...row.found][0]) ? 1 : 0)),
        bytes: Math.round(rows.reduce((sum, row) => sum + row.bytes, 0) / rows.length),
        p50: ms[Math.floor(ms.length / 2)].toFixed(1),
        p95: ms[Math.floor(ms.length * 0.95)].toFixed(1),
    };
}

async function definitions() {
    const kinds = new Set(['class', 'interface', 'enum', 'struct', 'trait', 'function', 'method', 'func', 'def', 'singletonMethod', 'implementation', 'generator']);
    const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {cwd: root, maxBuffer: 1 << 28}).toString().split('\0').filter(f => /\.(java|ts|js|py|go|rs|rb)$/.test(f));
    const tags = execFileSync('ctags', ['--output-format=json', '--fields=+nK', '-f', '-', '-L', '-'], {cwd: root, input: files.join('\n'), maxBuffer: 1 << 30}).toString().trim().split('\n').map(line => JSON.parse(line));
    const truth = new Map();
    for (const tag of tags) {
        if (tag._type === 'tag' && kinds.has(tag.kind) && /^[A-Za-z_]\w+$/.test(tag.name)) {
            if (!truth.has(tag.name)) truth.set(tag.name, new Set());
            truth.get(tag.name).add(`${tag.path}:${tag.line}`);
        }
    }
    const names = [...truth.keys()].filter(name => truth.get(name).size <= 20).sort();
    const rows = [];
    for (const name of sample(names)) {
        const {text, ms} = await call('workspace_goto_definition', {symbol: name, limit: 50});
        const lines = [...text.matchAll(/^(\S+:\d+) (\w+) /gm)].filter(m => !['field', 'variable', 'constant', 'constructor', 'heading', 'module'].includes(m[2]) || truth.get(name).has(m[1]));
        rows.push({truth: truth.get(name), found: new Set(lines.map(m => m[1])), bytes: text.length, ms});
    }
    console.log(JSON.stringify(score(rows)));
}

async function references() {
    const ts = createRequire(resolve(process.env.TYPESCRIPT ?? '.', 'x.js'))('typescript');
    const files = execFileSync('git', ['ls-files'], {cwd: root}).toString().trim().split('\n').filter(f => /\.tsx?$/.test(f) && !f.endsWith('.d.ts')).map(f => resolve(root, f));
    const options = {allowJs: false, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, target: ts.ScriptTarget.ES2022, customConditions: (process.env.CONDITIONS ?? '').split(',')};
    const service = ts.createLanguageService({
        getScriptFileNames: () => files, getScriptVersion: () => '0', getCurrentDirectory: () => root, getCompilationSettings: () => options,
        getScriptSnapshot: f => (ts.sys.fileExists(f) ? ts.ScriptSnapshot.fromString(readFileSync(f, 'utf8')) : undefined),
        getDefaultLibFileName: o => ts.getDefaultLibFilePath(o), fileExists: ts.sys.fileExists, readFile: ts.sys.readFile, directoryExists: ts.sys.directoryExists, getDirectories: ts.sys.getDirectories,
    });
    const names = new Map();
    for (const file of files) {
        const source = service.getProgram().getSourceFile(file);
        const visit = node => {
            const named = ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isMethodDeclaration(node) || ts.isTypeAliasDeclaration(node);
            if (named && node.name && ts.isIdentifier(node.name)) {
                const at = node.name.getStart(source);
                if (!names.has(node.name.text)) names.set(node.name.text, []);
                names.get(node.name.text).push({file, at, line: source.getLineAndCharacterOfPosition(at).line + 1});
            }
            ts.forEachChild(node, visit);
        };
        visit(source);
    }
    for (const [title, wanted] of [['defined once', n => n === 1], ['defined several times', n => n > 1]]) {
        const rows = [];
        for (const name of sample([...names.keys()].filter(n => wanted(names.get(n).length)).sort())) {
            const {file, at, line} = names.get(name)[0];
            const path = relative(root, file);
            const truth = new Set();
            for (const group of service.findReferences(file, at) ?? []) {
                for (const each of group.references) {
                    if (!each.isDefinition && each.fileName.startsWith(root) && !each.fileName.includes('node_modules')) {
                        const source = service.getProgram().getSourceFile(each.fileName);
                        truth.add(`${relative(root, each.fileName)}:${source.getLineAndCharacterOfPosition(each.textSpan.start).line + 1}`);
                    }
                }
            }
            const {text, ms} = await call('workspace_symbol_references', {path, line, column: service.getProgram().getSourceFile(file).getLineAndCharacterOfPosition(at).character + 1, limit: 200});
            const usual = await call('workspace_symbol_references', {path, line});
            const found = new Set();
            let current = '';
            for (const row of text.split('\n').filter(r => !r.startsWith('defined '))) {
                const hit = row.match(/^ {2}[~?]?(\d+): /);
                if (hit) found.add(`${current}:${hit[1]}`);
                else current = row;
            }
            if (truth.size <= 200) rows.push({truth, found, bytes: usual.text.length, ms});
        }
        console.log(title, JSON.stringify(score(rows)));
    }
}

await (what === 'references' ? references() : definitions());
