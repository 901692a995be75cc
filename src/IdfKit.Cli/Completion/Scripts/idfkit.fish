# Completes idfkit in fish: idfkit completion fish | source, or into ~/.config/fish/completions/idfkit.fish for every session.
function __idfkit_complete
    set -l line (commandline -cp)
    idfkit "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null | string match --regex '^[^/].*'
end
complete -c idfkit -a '(__idfkit_complete)'
