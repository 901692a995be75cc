# Completes idfkit in zsh: eval "$(idfkit completion zsh)", in ~/.zshrc after compinit for every session.
_idfkit() {
  local line="${(j: :)words[1,CURRENT]}"
  local -a found
  found=(${(f)"$(${words[1]} "[suggest:${#line}]" "$line" 2>/dev/null)"})
  # Options come after a dash alone, so that a bare Tab completes commands, and then files; /? and /h would be taken for such.
  found=(${found:#/*})
  [[ ${words[CURRENT]} == -* ]] || found=(${found:#-*})
  if (( ${#found} )); then compadd -- "${found[@]}"; else _files; fi
}
compdef _idfkit idfkit
