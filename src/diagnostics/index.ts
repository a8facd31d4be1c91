export { CATALOG, type Code, createDiagnostic, type DiagnosticDetails, isCode, type Severity } from './catalog.ts';
export { type Diagnostic, DiagnosticError, type Fix, hasErrors, type Label, primaryLabel } from './diagnostic.ts';
export { arrange, FORMATS, type Format, type RenderOptions, renderDiagnostics } from './render.ts';
export { printable, quoted, readable } from './text.ts';
