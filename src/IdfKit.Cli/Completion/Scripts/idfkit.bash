# Completes idfkit in bash: eval "$(idfkit completion bash)", in ~/.bashrc for every session.
_idfkit() {
  local line=${COMP_LINE:0:COMP_POINT} word=${COMP_WORDS[COMP_CWORD]} found
  COMPREPLY=()
  while IFS= read -r found; do
    # Options come after a dash alone, so that a bare Tab completes commands, and then files; /? and /h would be taken for such.
    if [[ -n $found && $found == "$word"* && $found != /* && ( $word == -* || $found != -* ) ]]; then COMPREPLY+=("$found"); fi
  done < <("$1" "[suggest:${#line}]" "$line" 2>/dev/null)
}
complete -o default -F _idfkit idfkit
