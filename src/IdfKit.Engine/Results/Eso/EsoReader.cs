using System.Runtime.ExceptionServices;

using IdfKit.Engine.Results.Series;

namespace IdfKit.Engine.Results.Eso;

/// <summary>
/// Reads a whole file: blocks are parsed by several threads at once, and put together in order by whichever has the
/// next one.
/// </summary>
internal sealed class EsoReader
{
    private const int Threads = 4;

    /// <summary>Blocks that wait for an earlier one; more would only take memory.</summary>
    private const int Waiting = 3;

    private readonly EsoBlocks _blocks;
    private readonly EsoDictionary _dictionary;
    private readonly EsoAssembler _assembler;
    private readonly CancellationToken _cancellationToken;
    private readonly Lock _reading = new();
    private readonly object _order = new();
    private readonly Dictionary<int, EsoBlock> _ready = [];
    private int _next;
    private bool _isAssembling;
    private bool _failed;

    private EsoReader(EsoBlocks blocks, EsoDictionary dictionary, EsoAssembler assembler, CancellationToken cancellationToken) =>
        (_blocks, _dictionary, _assembler, _cancellationToken) = (blocks, dictionary, assembler, cancellationToken);

    /// <param name="stream">The file.</param>
    /// <param name="years">Of its run periods.</param>
    /// <param name="pick">What is held of it; null: everything.</param>
    /// <param name="cancellationToken">Ends it, between two blocks.</param>
    public static EsoResults Read(
        Stream stream, PeriodYears years, EsoSelection? pick = null, CancellationToken cancellationToken = default)
    {
        long? length = stream.CanSeek ? stream.Length - stream.Position : null;
        using var blocks = new EsoBlocks(stream);
        var dictionary = blocks.ReadDictionary(isBounded: pick is not null);
        pick?.Begin(dictionary);
        var reader = new EsoReader(blocks, dictionary, new EsoAssembler(dictionary, years, length, blocks.Lines, pick), cancellationToken);
        if (dictionary.IsComplete) reader.Run(Math.Min(Threads, Environment.ProcessorCount));
        return reader._assembler.Finish(blocks.IsLineTooLong);
    }

    private void Run(int threads)
    {
        try
        {
            Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ => Work());
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
        finally
        {
            foreach (var block in _ready.Values) block.Dispose();
        }
    }

    private void Work()
    {
        var isWhole = false;
        try
        {
            while (Take() is { } block)
            {
                EsoBlockParser.Parse(block, _dictionary);
                Hand(block);
            }
            isWhole = true;
        }
        finally
        {
            if (!isWhole)
                lock (_order)
                {
                    _failed = true;
                    Monitor.PulseAll(_order);
                }
        }
    }

    private EsoBlock? Take()
    {
        _cancellationToken.ThrowIfCancellationRequested();
        lock (_reading)
        {
            return _failed || _assembler.IsDone ? null : _blocks.Take();
        }
    }

    /// <summary>Leaves the block to its turn; takes the turns that have come.</summary>
    private void Hand(EsoBlock block)
    {
        lock (_order)
        {
            _ready.Add(block.Sequence, block);
            while (_ready.Count > Waiting && !_failed && (_isAssembling || !_ready.ContainsKey(_next))) Monitor.Wait(_order);
            if (_isAssembling) return;
            _isAssembling = true;
        }
        while (NextInOrder() is { } next)
        {
            _assembler.Add(next);
            next.Dispose();
        }
    }

    private EsoBlock? NextInOrder()
    {
        lock (_order)
        {
            Monitor.PulseAll(_order);
            if (!_failed && _ready.Remove(_next, out var block))
            {
                _next++;
                return block;
            }
            _isAssembling = false;
            return null;
        }
    }
}
