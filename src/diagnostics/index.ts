export { CATALOG, type Code, isCode, type Severity } from './catalog.ts';
export {
  type Diagnostic,
  type DiagnosticDetails,
  DiagnosticError,
  diagnostic,
  type Fix,
  hasErrors,
  type Label,
  primaryLabel,
} from './diagnostic.ts';
export { arrange, FORMATS, type Format, type RenderOptions, renderDiagnostics } from './render.ts';
export { printable, quoted, readable } from './text.ts';
