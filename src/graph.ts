/** A picture of a machine, drawn from its definition: Mermaid (what GitHub shows in Markdown) or Graphviz. */

type State = Record<string, unknown>;

interface Edge {
  from: string;
  to: string;
  label: string;
}

interface Node {
  id: string;
  name: string;
  type: string;
}

interface Cluster {
  title: string;
  nodes: Node[];
  clusters: Cluster[];
}

interface Drawing {
  root: Cluster;
  edges: Edge[];
}

/**
 * Catch edges for a shell that ended unforeseen are left out, with what only they lead to: every Task has them, and they all
 * lead to the same few states.
 */
function draw(definition: State): Drawing {
  const edges: Edge[] = [];
  let count = 0;

  const cluster = (title: string, machine: State): { cluster: Cluster; ids: Map<string, string> } => {
    const states = machine.States as Record<string, State>;
    const ids = new Map([...foreseen(machine)].map((name) => [name, `s${count++}`]));
    const made: Cluster = { title, nodes: [], clusters: [] };
    const edge = (from: string, to: unknown, label = ''): void => {
      if (typeof to === 'string' && ids.has(to)) edges.push({ from, to: ids.get(to)!, label });
    };
    for (const [name, id] of ids) {
      const state = states[name]!;
      made.nodes.push({ id, name, type: String(state.Type) });
      for (const rule of (state.Choices as State[] | undefined) ?? []) edge(id, rule.Next, condition(rule.Condition));
      edge(id, state.Default, 'otherwise');
      edge(id, state.Next);
      const branches =
        (state.Branches as State[] | undefined) ?? (state.ItemProcessor ? [state.ItemProcessor as State] : []);
      branches.forEach((branch, index) => {
        const inner = cluster(branches.length > 1 ? `${name}: ${index + 1}` : name, branch);
        made.clusters.push(inner.cluster);
        const start = inner.ids.get(String(branch.StartAt));
        if (start) edges.push({ from: id, to: start, label: '' });
      });
    }
    return { cluster: made, ids };
  };

  return { root: cluster('', definition).cluster, edges };
}

/** Names of the states that control reaches while no shell ends unforeseen, which the first Catch rule of a Task is for. */
function foreseen(machine: State): Set<string> {
  const states = machine.States as Record<string, State>;
  const found = new Set<string>();
  const visit = (name: unknown): void => {
    if (typeof name !== 'string' || found.has(name) || !Object.hasOwn(states, name)) return;
    found.add(name);
    const { Next, Default, Choices = [], Catch = [] } = states[name]! as Record<string, State[]>;
    for (const to of [Next, ...[...Choices, ...Catch.slice(1)].map((rule) => rule.Next), Default]) visit(to);
  };
  visit(machine.StartAt);
  return found;
}

/** A condition as a reader wants it: without the template's braces, and short. */
function condition(value: unknown): string {
  const text = String(value).replace(/^\{%\s*|\s*%\}$/g, '');
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}

/** Renders the definition as a Mermaid flowchart. */
export function renderMermaid(definition: State): string {
  const { root, edges } = draw(definition);
  // In Mermaid's strings a character is written by its number; letters, digits and blanks need none.
  const text = (s: string): string =>
    `"${[...s].map((c) => (/[\p{L}\p{N} ._:,/=-]/u.test(c) ? c : `#${c.codePointAt(0)};`)).join('')}"`;
  const lines = ['flowchart TD'];
  const shape = ({ id, name, type }: Node): string => {
    if (type === 'Task') return `${id}[${text(name)}]`;
    if (type === 'Choice') return `${id}{${text(name)}}`;
    if (type === 'Fail' || type === 'Succeed') return `${id}([${text(name)}])`;
    return `${id}(${text(name)})`;
  };
  let subgraphs = 0;
  const emit = (cluster: Cluster, indent: string): void => {
    for (const node of cluster.nodes) lines.push(`${indent}${shape(node)}`);
    for (const inner of cluster.clusters) {
      lines.push(`${indent}subgraph g${subgraphs++}[${text(inner.title)}]`);
      emit(inner, `${indent}  `);
      lines.push(`${indent}end`);
    }
  };
  emit(root, '  ');
  for (const { from, to, label } of edges) lines.push(`  ${from} -->${label ? `|${text(label)}|` : ''} ${to}`);
  return `${lines.join('\n')}\n`;
}

/** Renders the definition for Graphviz. */
export function renderDot(definition: State): string {
  const { root, edges } = draw(definition);
  const text = (s: string): string => `"${s.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`;
  const lines = ['digraph machine {', '  node [fontname="sans-serif"];'];
  const SHAPE: Record<string, string> = { Task: 'box', Choice: 'diamond', Fail: 'octagon', Succeed: 'oval' };
  let subgraphs = 0;
  const emit = (cluster: Cluster, indent: string): void => {
    for (const { id, name, type } of cluster.nodes) {
      lines.push(`${indent}${id} [label=${text(name)}, shape=${SHAPE[type] ?? 'box, style=rounded'}];`);
    }
    for (const inner of cluster.clusters) {
      lines.push(`${indent}subgraph cluster_${subgraphs++} {`, `${indent}  label=${text(inner.title)};`);
      emit(inner, `${indent}  `);
      lines.push(`${indent}}`);
    }
  };
  emit(root, '  ');
  for (const { from, to, label } of edges) lines.push(`  ${from} -> ${to}${label ? ` [label=${text(label)}]` : ''};`);
  lines.push('}');
  return `${lines.join('\n')}\n`;
}
