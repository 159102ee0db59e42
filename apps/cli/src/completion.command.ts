import type { Command } from 'commander';

/** All command paths with their subcommands and long options. */
function words(command: Command, path: string[] = []): [path: string, words: string[]][] {
  const own = [...command.commands.map((sub) => sub.name()), ...command.options.map((option) => option.long ?? '').filter(Boolean), '--help'];
  return [[path.join(' '), own], ...command.commands.flatMap((sub) => words(sub, [...path, sub.name()]))];
}
const functionName = (program: Command): string => `_${program.name().replaceAll('-', '_')}_completion`;

function bash(program: Command): string {
  const cases = words(program).map(([path, list]) => `    "${path}") words="${list.join(' ')}" ;;`).join('\n');
  return `# Completion of ${program.name()}: source <(${program.name()} completion bash)
${functionName(program)}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path="" word words
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) ;; *) path="\${path:+$path }$word" ;; esac
  done
  while :; do
    case "$path" in
${cases}
      *) words="" ;;
    esac
    [ -n "$words" ] || [ -z "$path" ] && break
    case "$path" in *" "*) path="\${path% *}" ;; *) path="" ;; esac
  done
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [ \${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "$current"))
}
complete -o filenames -F ${functionName(program)} ${program.name()}
`;
}
const zsh = (program: Command): string => `autoload -Uz bashcompinit && bashcompinit\n${bash(program)}`;
function fish(program: Command): string {
  const lines = words(program).flatMap(([path, list]) => {
    const depth = path === '' ? 0 : path.split(' ').length;
    const condition = depth === 0 ? '__fish_use_subcommand' : `__fish_seen_subcommand_from ${path.split(' ').at(-1)}`;
    return list.map((word) => (word.startsWith('--') ? `complete -c ${program.name()} -n '${condition}' -l ${word.slice(2)}` : `complete -c ${program.name()} -f -n '${condition}' -a ${word}`));
  });
  return `# Completion of ${program.name()}: ${program.name()} completion fish | source\n${lines.join('\n')}\n`;
}

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** The completion script of a shell, made from the commands themselves, so that it never lacks one. */
export const completionScript = (program: Command, shell: Shell): string => ({ bash, zsh, fish })[shell](program);
