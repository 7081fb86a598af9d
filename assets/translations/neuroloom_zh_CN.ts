<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Neuroloom</source>
        <translation>关于 Neuroloom</translation>
    </message>
    <message>
        <source>Version {version} · Python {python} · Qt {qt}</source>
        <translation>版本 {version} · Python {python} · Qt {qt}</translation>
    </message>
    <message>
        <source>See how a neural network learns: weave one by hand, train it, and watch every number move.
The program is under the MIT licence, the typefaces it carries, Inter and STIX, under the SIL Open Font Licence 1.1. It stands on these packages:</source>
        <translation>看神经网络如何学习：亲手编织一个，训练它，看每个数字的变化。
本程序采用 MIT 许可证，所附的 Inter 和 STIX 字体采用 SIL 开放字体许可证 1.1。它建立在以下软件包之上：</translation>
    </message>
    <message>
        <source>Package</source>
        <translation>软件包</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Licences of the packages</source>
        <translation>软件包的许可证</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Appearance</source>
        <translation>外观(&amp;A)</translation>
    </message>
    <message>
        <source>Open a network from a link</source>
        <translation>从链接打开网络</translation>
    </message>
    <message>
        <source>Save to its file; asks for a name if it has none yet</source>
        <translation>保存到它的文件；若还没有文件，则询问文件名</translation>
    </message>
    <message>
        <source>Save under another name and continue with that file</source>
        <translation>换个名字保存，之后使用新文件</translation>
    </message>
    <message>
        <source>Close the window; asks about unsaved work first</source>
        <translation>关闭窗口；有未保存的内容会先询问</translation>
    </message>
    <message>
        <source>Undo the last edit</source>
        <translation>撤销上一次编辑</translation>
    </message>
    <message>
        <source>Redo the edit that was undone</source>
        <translation>重新执行刚撤销的编辑</translation>
    </message>
    <message>
        <source>Fill the screen with just the picture and its player; Escape leaves</source>
        <translation>让图和播放栏占满屏幕；按 Esc 离开</translation>
    </message>
    <message>
        <source>Dark text on a light background</source>
        <translation>浅色背景，深色文字</translation>
    </message>
    <message>
        <source>Light text on a dark background</source>
        <translation>深色背景，浅色文字</translation>
    </message>
    <message>
        <source>System theme</source>
        <translation>跟随系统主题</translation>
    </message>
    <message>
        <source>Follow the desktop&apos;s setting</source>
        <translation>与桌面的设置保持一致</translation>
    </message>
    <message>
        <source>Show everything at normal size</source>
        <translation>以正常大小显示</translation>
    </message>
    <message>
        <source>Show everything 25 % larger</source>
        <translation>全部放大 25 %</translation>
    </message>
    <message>
        <source>Show everything 50 % larger</source>
        <translation>全部放大 50 %</translation>
    </message>
    <message>
        <source>All shortcuts, and what the mouse does</source>
        <translation>列出全部快捷键和鼠标操作</translation>
    </message>
    <message>
        <source>Glossary</source>
        <translation>术语表</translation>
    </message>
    <message>
        <source>Look up what a word or a symbol means</source>
        <translation>查阅词语或符号的含义</translation>
    </message>
    <message>
        <source>Open the folder with the log, where internal errors are recorded</source>
        <translation>打开日志所在的文件夹，内部错误都记在那里</translation>
    </message>
    <message>
        <source>Version, and the licences of the packages it uses</source>
        <translation>版本，以及所用软件的许可证</translation>
    </message>
    <message>
        <source>Compare activation functions, their slopes, and where a layer&apos;s z falls on them</source>
        <translation>比较激活函数、它们的斜率，以及某一层的 z 落在哪里</translation>
    </message>
    <message>
        <source>Put the selected activation into the playground&apos;s layer; you can undo it in either place</source>
        <translation>把选中的激活函数用到游乐场的这一层；在这里和那里都可以撤销</translation>
    </message>
    <message>
        <source>Go to the playground with the layer shown here</source>
        <translation>转到游乐场，查看这里所示的层</translation>
    </message>
    <message>
        <source>Choose a ready-made network that shows one idea</source>
        <translation>选一个现成的网络，每个说明一个道理</translation>
    </message>
    <message>
        <source>See why a deep network&apos;s signal vanishes or explodes, and what cures it</source>
        <translation>看深层网络的信号为什么会消失或爆炸，以及有什么对策</translation>
    </message>
    <message>
        <source>Train every network for the same number of steps, or stop</source>
        <translation>所有网络训练相同的步数，或停止</translation>
    </message>
    <message>
        <source>Stop computing the map of depth × scale, or resume it</source>
        <translation>停止计算深度 × 尺度热图，或继续计算</translation>
    </message>
    <message>
        <source>Add a copy of the last network beside these</source>
        <translation>在旁边再添一个网络，即最后一个的副本</translation>
    </message>
    <message>
        <source>Open the chosen network in the playground, as it is at the step shown</source>
        <translation>把选中的网络按当前显示的时刻在游乐场中打开</translation>
    </message>
    <message>
        <source>Set this table as the target; the weights stay</source>
        <translation>以此真值表为目标；权重不变</translation>
    </message>
    <message>
        <source>Step through the rows, or let it learn while Train it is open; press again to pause</source>
        <translation>逐步走过各行；打开“训练它”时让它学习；再按暂停</translation>
    </message>
    <message>
        <source>One stage forward; one row while Train it is open</source>
        <translation>前进一个阶段；打开“训练它”时前进一行</translation>
    </message>
    <message>
        <source>One stage back, or unlearn the last row</source>
        <translation>后退一个阶段，或撤回最近学的一行</translation>
    </message>
    <message>
        <source>End the walk and show all rows (except those to be guessed), or go back to where learning began</source>
        <translation>结束演示，除待猜的行外全部显示；或回到学习开始之处</translation>
    </message>
    <message>
        <source>Use weights that get the whole table right, if there are any</source>
        <translation>使用能算对整个表的权重（若存在）</translation>
    </message>
    <message>
        <source>Show how the output is computed, and check it</source>
        <translation>说明输出是怎样算出的，并核对</translation>
    </message>
    <message>
        <source>Flip the target for the current inputs</source>
        <translation>翻转当前输入的目标</translation>
    </message>
    <message>
        <source>Why a line can separate this table, or why none can</source>
        <translation>为什么有直线能分开此表，或为什么没有</translation>
    </message>
    <message>
        <source>Every setting on a grid, and how many rows each gets right</source>
        <translation>网格上的每个设置，以及各自答对多少行</translation>
    </message>
    <message>
        <source>&amp;Train</source>
        <translation>训练(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Network</source>
        <translation>网络(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Pass</source>
        <translation>传播(&amp;P)</translation>
    </message>
    <message>
        <source>Type an expression and watch the chain rule work through it, node by node</source>
        <translation>输入一个表达式，看链式法则逐个节点地走过它</translation>
    </message>
    <message>
        <source>The next node computes its value, or passes its gradient on</source>
        <translation>下一个节点算出它的值，或把它的梯度传下去</translation>
    </message>
    <message>
        <source>Undo the last step of the pass</source>
        <translation>撤回传播的最近一步</translation>
    </message>
    <message>
        <source>All values known, no gradients yet</source>
        <translation>所有值已知，还没有梯度</translation>
    </message>
    <message>
        <source>All gradients known; or the next question while guessing</source>
        <translation>显示每个梯度；要求猜测时：跳到下一个</translation>
    </message>
    <message>
        <source>Move keyboard focus to the expression</source>
        <translation>把键盘焦点移到表达式</translation>
    </message>
    <message>
        <source>Merge the selected nodes into one with its own simplified derivative</source>
        <translation>把所选节点合并为一个，带有自己的化简后的导数</translation>
    </message>
    <message>
        <source>Show the nodes inside a collapsed node</source>
        <translation>重新显示折叠的节点由什么组成</translation>
    </message>
    <message>
        <source>Select every node, to collapse them all</source>
        <translation>选中所有节点，以便全部折叠</translation>
    </message>
    <message>
        <source>Change the selected input a little and see how much the result changes</source>
        <translation>把选中的输入移动一点，看结果移动多少</translation>
    </message>
    <message>
        <source>The unit selected in the playground, with one sample</source>
        <translation>游乐场中选中的单元，配一个样本</translation>
    </message>
    <message>
        <source>Take its current weights</source>
        <translation>取用它现在的权重</translation>
    </message>
    <message>
        <source>Reload the open neuron or network with the playground&apos;s current weights</source>
        <translation>用游乐场的当前权重更新打开的神经元或网络</translation>
    </message>
    <message>
        <source>Larger nodes, less of the graph</source>
        <translation>节点更大，显示的部分更少</translation>
    </message>
    <message>
        <source>Smaller nodes, more of the graph</source>
        <translation>节点更小，显示的部分更多</translation>
    </message>
    <message>
        <source>Show the graph at its actual size</source>
        <translation>按原始大小显示图</translation>
    </message>
    <message>
        <source>Write the forward value above each edge</source>
        <translation>在每条边上方画出向前传的值</translation>
    </message>
    <message>
        <source>Write the gradient below each edge</source>
        <translation>在每条边下方画出传回来的梯度</translation>
    </message>
    <message>
        <source>Write v₁, v₂ … above the nodes</source>
        <translation>在节点上方写出 v₁、v₂ …</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>Gallery…</source>
        <translation>示例库…</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Open a network file, or a CSV or Parquet file as the data set</source>
        <translation>打开网络文件，或打开 CSV、Parquet 文件作为数据集</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save As…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Stop when solved</source>
        <translation>解出后停止</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Data and blocks</source>
        <translation>数据与模块</translation>
    </message>
    <message>
        <source>Show or hide the left panel: data, blocks, features, optimiser</source>
        <translation>显示或隐藏左侧面板：数据、模块、特征、优化器</translation>
    </message>
    <message>
        <source>Output and block</source>
        <translation>输出与模块</translation>
    </message>
    <message>
        <source>Show or hide the right panel: output and the selected block</source>
        <translation>显示或隐藏右侧面板：输出和选中的模块</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Open a file of your own</source>
        <translation>打开你自己的文件</translation>
    </message>
    <message>
        <source>Open link…</source>
        <translation>打开链接…</translation>
    </message>
    <message>
        <source>Present</source>
        <translation>演示</translation>
    </message>
    <message>
        <source>Fill the whole screen, or go back to a window</source>
        <translation>占满整个屏幕，或回到窗口</translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation>浅色主题</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>深色主题</translation>
    </message>
    <message>
        <source>Switch light and dark</source>
        <translation>切换深浅主题</translation>
    </message>
    <message>
        <source>Switch between the light and the dark theme</source>
        <translation>在浅色与深色主题之间切换</translation>
    </message>
    <message>
        <source>English</source>
        <translation>English（英文）</translation>
    </message>
    <message>
        <source>简体中文 (Simplified Chinese)</source>
        <translation>简体中文</translation>
    </message>
    <message>
        <source>Everything at 100 %</source>
        <translation>整体按 100 % 显示</translation>
    </message>
    <message>
        <source>Everything at 125 %</source>
        <translation>整体按 125 % 显示</translation>
    </message>
    <message>
        <source>Everything at 150 %</source>
        <translation>整体按 150 % 显示</translation>
    </message>
    <message>
        <source>Activations</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>比较(&amp;C)</translation>
    </message>
    <message>
        <source>Use in the layer</source>
        <translation>用于该层</translation>
    </message>
    <message>
        <source>Show the network</source>
        <translation>显示网络</translation>
    </message>
    <message>
        <source>Predict first</source>
        <translation>先预测</translation>
    </message>
    <message>
        <source>Show or hide the page as a tree, with every number</source>
        <translation>显示或隐藏本页的树状大纲，含所有数值</translation>
    </message>
    <message>
        <source>Show x from −6 to 6 again (also by a double click)</source>
        <translation>重新显示 −6 到 6 的 x（双击也可以）</translation>
    </message>
    <message>
        <source>Find an example</source>
        <translation>查找示例</translation>
    </message>
    <message>
        <source>Find a card by its idea or its name</source>
        <translation>按道理或名称查找卡片</translation>
    </message>
    <message>
        <source>Back to the network</source>
        <translation>回到网络</translation>
    </message>
    <message>
        <source>Go back to what was open before the gallery</source>
        <translation>回到打开示例库之前的内容</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>Train all</source>
        <translation>全部训练</translation>
    </message>
    <message>
        <source>Step back</source>
        <translation>后退一步</translation>
    </message>
    <message>
        <source>Show the layers one step earlier</source>
        <translation>显示前一步的各层</translation>
    </message>
    <message>
        <source>Show the layers as they begin</source>
        <translation>显示各层最初的状态</translation>
    </message>
    <message>
        <source>Last step</source>
        <translation>最后一步</translation>
    </message>
    <message>
        <source>Show the layers after the last step</source>
        <translation>显示最后一步之后的各层</translation>
    </message>
    <message>
        <source>Stop the map</source>
        <translation>停止热图</translation>
    </message>
    <message>
        <source>Add a network</source>
        <translation>添加网络</translation>
    </message>
    <message>
        <source>Open in the playground</source>
        <translation>在游乐场打开</translation>
    </message>
    <message>
        <source>One neuron</source>
        <translation>单个神经元</translation>
    </message>
    <message>
        <source>See what one unit can do, and why one line cannot do XOR</source>
        <translation>看一个单元能做什么，以及为什么一条直线做不了 XOR</translation>
    </message>
    <message>
        <source>&amp;Neuron</source>
        <translation>神经元(&amp;N)</translation>
    </message>
    <message>
        <source>Start over with XOR</source>
        <translation>从 XOR 重新开始</translation>
    </message>
    <message>
        <source>Save this neuron and its table</source>
        <translation>保存这个神经元及其真值表</translation>
    </message>
    <message>
        <source>Table AND</source>
        <translation>AND 真值表</translation>
    </message>
    <message>
        <source>Table OR</source>
        <translation>OR 真值表</translation>
    </message>
    <message>
        <source>Table NOT</source>
        <translation>NOT 真值表</translation>
    </message>
    <message>
        <source>Table NAND</source>
        <translation>NAND 真值表</translation>
    </message>
    <message>
        <source>Table NOR</source>
        <translation>NOR 真值表</translation>
    </message>
    <message>
        <source>Table XOR</source>
        <translation>XOR 真值表</translation>
    </message>
    <message>
        <source>Table majority</source>
        <translation>多数表决真值表</translation>
    </message>
    <message>
        <source>Walk the rows</source>
        <translation>逐行演示</translation>
    </message>
    <message>
        <source>Add a hidden layer</source>
        <translation>添加隐藏层</translation>
    </message>
    <message>
        <source>Open two units and a third in the playground, solved</source>
        <translation>在游乐场中打开由两个单元加第三个单元组成的解法</translation>
    </message>
    <message>
        <source>Set weights that do it</source>
        <translation>设为可行权重</translation>
    </message>
    <message>
        <source>Where does the output come from?</source>
        <translation>输出从哪里来？</translation>
    </message>
    <message>
        <source>Show the network as a tree in place of the left panel, or hide it</source>
        <translation>在左侧面板的位置以树形显示网络，或隐藏它</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Names of nodes</source>
        <translation>节点名称</translation>
    </message>
    <message>
        <source>Explanation</source>
        <translation>讲解</translation>
    </message>
    <message>
        <source>Show or hide the right panel: rule, collapsed form, chain, nudge</source>
        <translation>显示或隐藏右侧面板：规则、合并、链式法则、微调</translation>
    </message>
    <message>
        <source>Open or close the dock: the table of nodes, rules, code, the plot</source>
        <translation>打开或收起底栏：节点表、规则、代码、曲线</translation>
    </message>
    <message>
        <source>Turn this input from 0 to 1, or back</source>
        <translation>把这个输入从 0 变为 1，或变回来</translation>
    </message>
    <message>
        <source>Recover…</source>
        <translation>恢复…</translation>
    </message>
    <message>
        <source>Choose among unsaved work of windows that did not close properly</source>
        <translation>从未正常关闭的窗口留下的未保存内容中选择</translation>
    </message>
    <message>
        <source>Hide every slope and guess it before it&apos;s shown. Switching it off forgets your answers</source>
        <translation>隐藏所有斜率，先猜再显示；关闭后，作答记录会清除</translation>
    </message>
    <message>
        <source>Show the layers one step later; trains first what isn&apos;t trained yet</source>
        <translation>显示下一步的各层；尚未训练的先训练</translation>
    </message>
    <message>
        <source>Hide the result of an edit until you&apos;ve guessed it. Switching it off forgets your answers</source>
        <translation>每次编辑的结果都先隐藏，等你猜过再显示；关闭后，作答记录会清除</translation>
    </message>
    <message>
        <source>Hide every sum and its result until you&apos;ve guessed it. Switching it off forgets your answers</source>
        <translation>在你猜出之前，隐藏每个和以及由它得出的一切；关闭后，作答记录会清除</translation>
    </message>
    <message>
        <source>Flip x₁</source>
        <translation>翻转 x₁</translation>
    </message>
    <message>
        <source>Flip x₂</source>
        <translation>翻转 x₂</translation>
    </message>
    <message>
        <source>Flip x₃</source>
        <translation>翻转 x₃</translation>
    </message>
    <message>
        <source>Flip the target</source>
        <translation>翻转目标</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>为什么</translation>
    </message>
    <message>
        <source>All settings</source>
        <translation>所有设置</translation>
    </message>
    <message>
        <source>Train it</source>
        <translation>训练它</translation>
    </message>
    <message>
        <source>Let the perceptron rule learn it, step by step</source>
        <translation>让它按感知机规则一步一步地学会</translation>
    </message>
    <message>
        <source>The neuron as a tree, for keyboard and screen reader</source>
        <translation>神经元的树状大纲，供键盘和屏幕阅读器使用</translation>
    </message>
    <message>
        <source>Playground</source>
        <translation>游乐场</translation>
    </message>
    <message>
        <source>Build a network and train it</source>
        <translation>搭建网络并训练它</translation>
    </message>
    <message>
        <source>&amp;Outline</source>
        <translation>大纲(&amp;O)</translation>
    </message>
    <message>
        <source>Plots and pass</source>
        <translation>图表与传播</translation>
    </message>
    <message>
        <source>Show or hide the dock: loss, gradients, activations, weights, the pass</source>
        <translation>显示或隐藏底栏：损失、梯度、激活值、权重、传播</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Compare the trainings of this network, and go on with any of them</source>
        <translation>比较这个网络的各次训练，并从其中任何一次继续</translation>
    </message>
    <message>
        <source>Move keyboard focus to the next pane: data, outline, canvas, plots, output</source>
        <translation>把键盘焦点移到下一个窗格：数据、大纲、画布、图表、输出</translation>
    </message>
    <message>
        <source>Move keyboard focus to the previous pane</source>
        <translation>把键盘焦点移回上一个窗格</translation>
    </message>
    <message>
        <source>Step through forward pass, loss, backward pass and update, in the dock</source>
        <translation>在底栏中逐步查看前向传播、损失、反向传播与更新</translation>
    </message>
    <message>
        <source>Copy a link that also opens the network in TensorFlow Playground</source>
        <translation>复制一个也能在 TensorFlow Playground 中打开此网络的链接</translation>
    </message>
    <message>
        <source>Show the neuron as a computation graph</source>
        <translation>以计算图显示这个神经元</translation>
    </message>
    <message>
        <source>The chosen neuron with the pass&apos;s sample, with a node for every + and ×</source>
        <translation>选中的神经元配当前传播的样本，每个 + 和 × 都是一个节点</translation>
    </message>
    <message>
        <source>Show the network as a computation graph</source>
        <translation>以计算图显示整个网络</translation>
    </message>
    <message>
        <source>Train to the end of the epoch: every training sample once</source>
        <translation>训练到本轮结束：每个训练样本各用一次</translation>
    </message>
    <message>
        <source>Back in this training</source>
        <translation>在这次训练中往回</translation>
    </message>
    <message>
        <source>Take the training back to an earlier epoch; the slider under the curves goes anywhere</source>
        <translation>把训练退回到较早的轮次；曲线下方的滑块可到任意处</translation>
    </message>
    <message>
        <source>On in this training</source>
        <translation>在这次训练中往前</translation>
    </message>
    <message>
        <source>Where the training was taken back, go on to a later epoch again</source>
        <translation>训练退回之后，再往前到较晚的轮次</translation>
    </message>
    <message>
        <source>Back to step 0 with the same seed, so the same initial weights</source>
        <translation>回到第 0 步，种子不变，初始权重也不变</translation>
    </message>
    <message>
        <source>Back to step 0 with new random weights and a new shuffle</source>
        <translation>回到第 0 步，换用另一组随机初始权重和另一种打乱顺序</translation>
    </message>
    <message>
        <source>Train faster, up to the machine&apos;s limit</source>
        <translation>训练得快一些，直到机器的极限</translation>
    </message>
    <message>
        <source>Train as fast as possible; press again to go back to the earlier speed</source>
        <translation>以机器的最快速度训练；再按一次：回到之前的速度</translation>
    </message>
    <message>
        <source>Pause automatically after a number of epochs</source>
        <translation>训练若干轮后自动暂停</translation>
    </message>
    <message>
        <source>Pause automatically once every training and test sample is classified correctly, or both R² reach 0.99</source>
        <translation>所有训练和测试样本都判对类别，或两者的 R² 都达到 0.99 时，自动暂停</translation>
    </message>
    <message>
        <source>Start over with a blank network on the current data: an input and an output, epoch 0</source>
        <translation>在现有数据上用空白网络重新开始：一个输入、一个输出、第 0 轮</translation>
    </message>
    <message>
        <source>Save the network, its choice of data and its current weights</source>
        <translation>保存网络、所选数据和当前权重</translation>
    </message>
    <message>
        <source>Undo the last edit; training keeps its weights</source>
        <translation>撤回上一次编辑；训练得到的权重会保留</translation>
    </message>
    <message>
        <source>Train a recommender and ask it why</source>
        <translation>训练一个推荐器，并问它为什么</translation>
    </message>
    <message>
        <source>Train the network as drawn here; the original run stays as it is</source>
        <translation>按此处所画的网络训练；原来的运行保持不变</translation>
    </message>
    <message>
        <source>Continue from the checkpoint; on the CPU, exact to the bit</source>
        <translation>从检查点继续；在 CPU 上与不中断时逐位相同</translation>
    </message>
    <message>
        <source>Switch between training and what the trained network answers</source>
        <translation>在训练与训练好的网络所说之间切换</translation>
    </message>
    <message>
        <source>Back to all runs; a run in training continues</source>
        <translation>回到全部运行；正在训练的会继续</translation>
    </message>
    <message>
        <source>Computation graph</source>
        <translation>计算图</translation>
    </message>
    <message>
        <source>&amp;Graph</source>
        <translation>计算图(&amp;G)</translation>
    </message>
    <message>
        <source>Start over with the logistic function, worked through</source>
        <translation>从 logistic 函数的逐步演算重新开始</translation>
    </message>
    <message>
        <source>Play or pause the pass</source>
        <translation>播放或暂停传播</translation>
    </message>
    <message>
        <source>Values go forward node by node, then gradients come back</source>
        <translation>值逐个节点向前传，然后梯度传回来</translation>
    </message>
    <message>
        <source>One node on</source>
        <translation>下一个节点</translation>
    </message>
    <message>
        <source>One node back</source>
        <translation>上一个节点</translation>
    </message>
    <message>
        <source>To the beginning</source>
        <translation>到开头</translation>
    </message>
    <message>
        <source>Only the inputs are known</source>
        <translation>只有输入已知</translation>
    </message>
    <message>
        <source>To the turn</source>
        <translation>到折返点</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>到结尾</translation>
    </message>
    <message>
        <source>Guess each gradient before it&apos;s shown. Switching it off forgets your answers</source>
        <translation>先猜每个梯度再显示；关闭后，作答记录会清除</translation>
    </message>
    <message>
        <source>Edit the expression</source>
        <translation>编辑表达式</translation>
    </message>
    <message>
        <source>Collapse into one node</source>
        <translation>折叠为一个节点</translation>
    </message>
    <message>
        <source>Open the collapsed node</source>
        <translation>展开折叠的节点</translation>
    </message>
    <message>
        <source>Choose every node</source>
        <translation>选中所有节点</translation>
    </message>
    <message>
        <source>Where does this number come from?</source>
        <translation>这个数从哪里来？</translation>
    </message>
    <message>
        <source>Formula, inputs and parents of the selected node, with a check</source>
        <translation>所选节点的公式、数值和来源，并加以核对</translation>
    </message>
    <message>
        <source>Nudge the input and measure</source>
        <translation>微调输入并测量</translation>
    </message>
    <message>
        <source>A neuron of the playground</source>
        <translation>游乐场的神经元</translation>
    </message>
    <message>
        <source>The playground&apos;s network</source>
        <translation>游乐场的网络</translation>
    </message>
    <message>
        <source>Zoom to fit</source>
        <translation>缩放至合适</translation>
    </message>
    <message>
        <source>Show the whole graph</source>
        <translation>显示整个图</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Zoom to 100 %</source>
        <translation>缩放至 100 %</translation>
    </message>
    <message>
        <source>Nodes and plot</source>
        <translation>节点和曲线图</translation>
    </message>
    <message>
        <source>Show or hide the graph as a tree, in step with the drawing</source>
        <translation>显示或隐藏计算图的树状大纲，与图同步</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>大纲</translation>
    </message>
    <message>
        <source>Next pane</source>
        <translation>下一个窗格</translation>
    </message>
    <message>
        <source>Previous pane</source>
        <translation>上一个窗格</translation>
    </message>
    <message>
        <source>Show the pass</source>
        <translation>显示传播</translation>
    </message>
    <message>
        <source>Copy as link</source>
        <translation>复制为链接</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Train until paused: every step lowers the loss along its gradient</source>
        <translation>持续训练直到暂停：每一步都沿梯度降低损失</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>单步</translation>
    </message>
    <message>
        <source>One step: forward and backward over one batch, then one update</source>
        <translation>一步：对一个批次做前向和反向传播，然后更新一次</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>一轮</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Show the program in English</source>
        <translation>以英文显示程序</translation>
    </message>
    <message>
        <source>Show the program in Simplified Chinese</source>
        <translation>以简体中文显示程序</translation>
    </message>
    <message>
        <source>Keys and mouse</source>
        <translation>键盘与鼠标</translation>
    </message>
    <message>
        <source>Reset axis</source>
        <translation>重置坐标轴</translation>
    </message>
    <message>
        <source>Back to start</source>
        <translation>回到起点</translation>
    </message>
    <message>
        <source>The whole network with one sample and its loss, up to 400 nodes</source>
        <translation>整个网络配一个样本及其损失，最多 400 个节点</translation>
    </message>
    <message>
        <source>Reset with a new seed</source>
        <translation>换新种子重置</translation>
    </message>
    <message>
        <source>Slower</source>
        <translation>减速</translation>
    </message>
    <message>
        <source>Train more slowly, down to one step a second</source>
        <translation>训练得慢一些，最慢每秒一步</translation>
    </message>
    <message>
        <source>Faster</source>
        <translation>加速</translation>
    </message>
    <message>
        <source>Full speed</source>
        <translation>全速</translation>
    </message>
    <message>
        <source>Stop after…</source>
        <translation>到时停止…</translation>
    </message>
    <message>
        <source>Recommend</source>
        <translation>推荐</translation>
    </message>
    <message>
        <source>Train as a new run</source>
        <translation>作为新运行训练</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Next view of the run</source>
        <translation>运行的下一个视图</translation>
    </message>
    <message>
        <source>All runs</source>
        <translation>全部运行</translation>
    </message>
    <message>
        <source>Open a run…</source>
        <translation>打开运行…</translation>
    </message>
    <message>
        <source>Open a trained recommender from a file</source>
        <translation>从文件打开训练好的推荐器</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>运行(&amp;R)</translation>
    </message>
    <message>
        <source>Show the log file</source>
        <translation>显示日志文件</translation>
    </message>
    <message>
        <source>About Neuroloom</source>
        <translation>关于 Neuroloom</translation>
    </message>
</context>
<context>
    <name>Activation</name>
    <message>
        <source>A stack of identity layers is still one affine map: without a bend, depth adds nothing.</source>
        <translation>多个恒等层叠起来仍是一个仿射映射：没有弯折，深度就毫无用处。</translation>
    </message>
    <message>
        <source>Its derivative is 0 almost everywhere, so gradient descent cannot train the layers before it.</source>
        <translation>它的导数几乎处处为 0，梯度下降无法训练它前面的层。</translation>
    </message>
    <message>
        <source>Its derivative y(1 − y) never exceeds 1/4, so each logistic layer shrinks the gradient at least fourfold unless the weights make up for it.</source>
        <translation>它的导数 y(1 − y) 从不超过 1/4，所以除非权重加以弥补，每个 logistic 层至少把梯度缩小到四分之一。</translation>
    </message>
    <message>
        <source>It is the logistic function stretched, 2σ(2z) − 1: centred on zero, with a derivative 1 − y² of up to 1.</source>
        <translation>它是拉伸后的 logistic 函数 2σ(2z) − 1：以零为中心，导数 1 − y² 最大为 1。</translation>
    </message>
    <message>
        <source>About half the units are active at a symmetric start; one that is zero for every sample gets no gradient and is dead.</source>
        <translation>初始化对称时约有一半单元激活；对所有样本都输出零的单元得不到梯度，就死亡了。</translation>
    </message>
    <message>
        <source>The slope γ on the left lets a little gradient through, so a dead ReLU unit comes back to life.</source>
        <translation>左侧的斜率 γ 让少量梯度通过，死亡的 ReLU 单元得以复活。</translation>
    </message>
    <message>
        <source>It settles at −α on the left, which brings the mean activation nearer to zero than ReLU&apos;s; at α = 1 it has no kink.</source>
        <translation>左侧趋于 −α，使平均激活值比 ReLU 更接近零；α = 1 时没有折点。</translation>
    </message>
    <message>
        <source>It is ReLU with the corner rounded off, and its derivative is the logistic function.</source>
        <translation>它是磨圆了折点的 ReLU，导数就是 logistic 函数。</translation>
    </message>
    <message>
        <source>Each unit gates itself, z times its own logistic; it dips below zero before it flattens out.</source>
        <translation>每个单元给自己加门控，z 乘以自身的 logistic 值；先降到零以下，再变平。</translation>
    </message>
    <message>
        <source>Each input is weighted by the probability Φ(z) that a standard normal number is smaller than it.</source>
        <translation>每个输入都乘以概率 Φ(z)，即标准正态随机数小于它的概率。</translation>
    </message>
    <message>
        <source>The tanh approximation of GELU differs from the exact one by less than 0.0005 everywhere.</source>
        <translation>GELU 的 tanh 近似与精确值处处相差不到 0.0005。</translation>
    </message>
    <message>
        <source>The outputs are positive and sum to one, so each one depends on every z of the layer.</source>
        <translation>各输出为正且总和为一，所以每个输出都依赖于本层的所有 z。</translation>
    </message>
</context>
<context>
    <name>ActivationEffects</name>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Where does this number come from?</source>
        <translation>这个数从哪里来？</translation>
    </message>
    <message>
        <source>Choose the activation for the button below</source>
        <translation>选择由下方按钮放入该层的激活函数</translation>
    </message>
    <message>
        <source>needs all z at once: not counted</source>
        <translation>要同时用到所有 z：不计数</translation>
    </message>
    <message>
        <source>slope 0 at every z: nothing is learnt</source>
        <translation>处处斜率为 0：学不到东西</translation>
    </message>
    <message>
        <source>off, {where}</source>
        <translation>关断，{where}</translation>
    </message>
    <message>
        <source>slope 0, {where}</source>
        <translation>斜率为 0，{where}</translation>
    </message>
    <message>
        <source>saturated, {where}</source>
        <translation>饱和，{where}</translation>
    </message>
    <message>
        <source>neither off nor saturated anywhere</source>
        <translation>处处既无关断，也无饱和</translation>
    </message>
    <message>
        <source>saturated, {where}, {slope} of the steepest on {axis}</source>
        <translation>饱和，{where}，即 {axis} 上最陡斜率的 {slope}</translation>
    </message>
    <message>
        <source>An output needs one of the tiles above. To use {function}, choose a layer before it.</source>
        <translation>输出层只能用上面列出的函数；请为 {function} 选择前面的层。</translation>
    </message>
    <message>
        <source>The loss determines the activation of {layer}. Choose another layer, or another loss there.</source>
        <translation>{layer} 的激活函数由损失决定；请选择其他层，或在那里选择其他损失。</translation>
    </message>
    <message>
        <source>{layer} already uses {function}. Select another one, or add one from the tiles.</source>
        <translation>{layer} 已经在用 {function}；请标记另一个，或从图块中加入一个。</translation>
    </message>
    <message>
        <source>{layer} in the playground now uses {function}. Ctrl+Z undoes it.</source>
        <translation>游乐场的{layer}现在使用 {function}；按 Ctrl+Z 可撤销。</translation>
    </message>
    <message>
        <source>{layer} in the playground now uses {function} and trains more slowly, without compiled kernels. Ctrl+Z undoes it.</source>
        <translation>游乐场的 {layer} 现在使用 {function}，训练时不用编译的内核，因此较慢。按 Ctrl+Z 可撤回。</translation>
    </message>
    <message>
        <source>Softmax belongs to an output with its loss, cross-entropy; choose that loss in the playground.</source>
        <translation>Softmax 属于以交叉熵为损失的输出；请在游乐场中选择该损失。</translation>
    </message>
    <message>
        <source>Use {function} in {layer}</source>
        <translation>把 {function} 用于 {layer}</translation>
    </message>
    <message>
        <source>dead units: {dead} of {units}</source>
        <translation>死亡单元：{units} 个中有 {dead} 个</translation>
    </message>
    <message>
        <source>slope 0 at {count} of {all} z</source>
        <translation>{all} 个 z 中有 {count} 个斜率为 0</translation>
    </message>
    <message>
        <source>too large for a number for {count} of {all} z</source>
        <translation>{all} 个 z 中有 {count} 个的值大到无法用数表示</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>尚无</translation>
    </message>
</context>
<context>
    <name>ActivationFacts</name>
    <message>
        <source>Output range</source>
        <translation>值域</translation>
    </message>
    <message>
        <source>Range of f′</source>
        <translation>f′ 的值域</translation>
    </message>
    <message>
        <source>Continuous</source>
        <translation>连续</translation>
    </message>
    <message>
        <source>Differentiable everywhere</source>
        <translation>处处可导</translation>
    </message>
    <message>
        <source>Zero-centred</source>
        <translation>零中心</translation>
    </message>
    <message>
        <source>Saturates</source>
        <translation>饱和</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>nowhere</source>
        <translation>不饱和</translation>
    </message>
    <message>
        <source>on the left</source>
        <translation>左侧</translation>
    </message>
    <message>
        <source>on the right</source>
        <translation>右侧</translation>
    </message>
    <message>
        <source>on both sides</source>
        <translation>两侧</translation>
    </message>
</context>
<context>
    <name>ActivationOrigins</name>
    <message>
        <source>all {count} z of {layer}</source>
        <translation>{layer} 的全部 {count} 个 z</translation>
    </message>
    <message>
        <source>saturated</source>
        <translation>饱和</translation>
    </message>
    <message>
        <source>undefined</source>
        <translation>无定义</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>slope 0</source>
        <translation>斜率为 0</translation>
    </message>
    <message>
        <source>{function} is off where {where}: its slope is exactly 0 there.</source>
        <translation>{function} 在 {where} 处关断：那里的斜率恰为 0。</translation>
    </message>
    <message>
        <source>The slope of {function} is exactly 0 where {where}.</source>
        <translation>{function} 的斜率在 {where} 处恰为 0。</translation>
    </message>
    <message>
        <source>{function} was evaluated at every z; at these it has no value.</source>
        <translation>在每个 z 处都计算了 {function}：它在这些 z 处没有值。</translation>
    </message>
    <message>
        <source>{function} was evaluated at every z; these have slope 0.</source>
        <translation>已对每个 z 计算 {function}：这些 z 处斜率为 0。</translation>
    </message>
    <message>
        <source>It follows from the formula: it&apos;s declared with {function}, and a test checks it.</source>
        <translation>由公式得出：它随 {function} 一起声明，并由测试保证相符。</translation>
    </message>
    <message>
        <source>Measured at {count} evenly spaced points from {low} to {high}, more densely around the extremes. Move or zoom the axis to measure elsewhere.</source>
        <translation>在 {low} 到 {high} 之间的 {count} 个等距点上测得，最大值和最小值附近取点更密。移动或缩放坐标轴即可测量别处。</translation>
    </message>
    <message>
        <source>You set it: drag the cursor, or click it and type.</source>
        <translation>由你设定：拖动游标，或点击它再键入。</translation>
    </message>
    <message>
        <source>You set it: drag it under the expression, or click it and type.</source>
        <translation>由你设定：在表达式下方拖动它，或点击它再键入。</translation>
    </message>
    <message>
        <source>You set it: drag it under Parameters, or click it and type.</source>
        <translation>这是你设定的：在“参数”中拖动它，或点击后键入。</translation>
    </message>
    <message>
        <source>The largest |exact − tanh| at any x, found on an ever finer grid; by symmetry it&apos;s at −x too.</source>
        <translation>|精确 − tanh| 在所有 x 处的最大值，在逐步收缩的网格上找到；由对称性，在 −x 处也一样。</translation>
    </message>
    <message>
        <source>{function} was worked out at every z: these have {where}, {slope} of the steepest slope on {axis}.</source>
        <translation>已对每个 z 计算 {function}：这些 z 满足 {where}，即 {axis} 上最陡斜率的 {slope}。</translation>
    </message>
    <message>
        <source>{function} is saturated where {where}: beyond that its slope stays below {slope} of its steepest.</source>
        <translation>{function} 在 {where} 处饱和：超出之后其斜率一直低于最大斜率的 {slope}。</translation>
    </message>
    <message>
        <source>{function}, over all x</source>
        <translation>{function}，对所有 x</translation>
    </message>
    <message>
        <source>{function}, on {axis}</source>
        <translation>{function}，在 {axis} 上</translation>
    </message>
    <message>
        <source>{function}, worked through</source>
        <translation>{function}，逐步推导</translation>
    </message>
    <message>
        <source>the cursor</source>
        <translation>游标</translation>
    </message>
    <message>
        <source>parameter of {function}</source>
        <translation>{function} 的参数</translation>
    </message>
    <message>
        <source>{function} at the cursor</source>
        <translation>游标处的 {function}</translation>
    </message>
    <message>
        <source>parameter</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>See why, step by step</source>
        <translation>逐步看清原因</translation>
    </message>
</context>
<context>
    <name>ActivationPanel</name>
    <message>
        <source>Your own activation, in terms of x. Type another, such as x*sigmoid(1.7*x)</source>
        <translation>你自己的激活函数，用 x 表示。可以改写，例如 x*sigmoid(1.7*x)</translation>
    </message>
    <message>
        <source>Your own activation</source>
        <translation>你自己的激活函数</translation>
    </message>
    <message>
        <source>The activation and its derivative</source>
        <translation>激活函数及其导数</translation>
    </message>
    <message>
        <source>Difference of the two GELUs</source>
        <translation>两种 GELU 之差</translation>
    </message>
    <message>
        <source>Units of the layer</source>
        <translation>该层的单元</translation>
    </message>
    <message>
        <source>A unit is saturated if its slope f′ is below {slope} of its largest on more than {rows} of the training points, and dead if its output is 0 on all of them. Saturated units are marked here and on the canvas from {share} of a layer on, if the network isn&apos;t learning.</source>
        <translation>若单元的斜率 f′ 在超过 {rows} 的训练点上低于其最大斜率的 {slope}，则该单元饱和；若输出在所有训练点上都为 0，则该单元死亡。当网络没有在学习，且一层中至少 {share} 的单元饱和时，这里和画布上都会标出饱和单元。</translation>
    </message>
    <message>
        <source>Overlay the curves of a second activation</source>
        <translation>叠加另一个激活函数的曲线</translation>
    </message>
    <message>
        <source>{activation}: set by the loss.</source>
        <translation>{activation}：由损失决定。</translation>
    </message>
    <message>
        <source>compare…</source>
        <translation>比较…</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>比较对象</translation>
    </message>
    <message>
        <source>Your own, f(x) =</source>
        <translation>你自己的 f(x) =</translation>
    </message>
    <message>
        <source>{saturation} · dead {dead} of {units}</source>
        <translation>{saturation} · 死亡 {dead}/{units}</translation>
    </message>
    <message>
        <source>units saturated {saturated} of {units} · dead {dead} of {units}</source>
        <translation>饱和单元 {saturated}/{units} · 死亡 {dead}/{units}</translation>
    </message>
    <message>
        <source>units saturated {saturated} of {units} (marked from {fewest} on) · dead {dead} of {units}</source>
        <translation>饱和单元 {saturated}/{units}（达到 {fewest} 个才标出）· 死亡单元 {dead}/{units}</translation>
    </message>
    <message>
        <source>units saturated {saturated} of {units} (no alarm) · dead {dead} of {units}</source>
        <translation>饱和单元 {saturated}/{units}（无需警惕）· 死亡单元 {dead}/{units}</translation>
    </message>
</context>
<context>
    <name>ActivationPicker</name>
    <message>
        <source>Activations</source>
        <translation>激活函数</translation>
    </message>
</context>
<context>
    <name>ActivationPlot</name>
    <message>
        <source>f and its derivative f′, above a histogram of this layer&apos;s recent z.
Where f′ is near zero, hardly any gradient gets through.
What lies beyond the axis isn&apos;t drawn; its count is written out.</source>
        <translation>f 及其导数 f′，下面是该层近期 z 的直方图。
f′ 接近零处，几乎没有梯度通过。
轴以外的不画出，只写出个数。</translation>
    </message>
    <message>
        <source>x = {x}   f = {f}   f′ = {slope}</source>
        <translation>x = {x}   f = {f}   f′ = {slope}</translation>
    </message>
    <message>
        <source>bars: z of this layer, live</source>
        <translation>柱形：本层的 z，实时</translation>
    </message>
    <message>
        <source>tanh − exact: at most {most}, at x = ±{x}</source>
        <translation>tanh − 精确：最多 {most}，在 x = ±{x} 处</translation>
    </message>
    <message>
        <source>The two curves coincide; this is the difference between them, enlarged</source>
        <translation>两条曲线几乎重合；这里放大显示它们的差</translation>
    </message>
</context>
<context>
    <name>ActivationPlots</name>
    <message>
        <source>its slope: what backpropagation multiplies by</source>
        <translation>它的斜率：反向传播所乘的因子</translation>
    </message>
    <message>
        <source>f′ appears once you&apos;ve answered, on the right</source>
        <translation>在右侧作答之后显示 f′</translation>
    </message>
    <message>
        <source>f′ appears once you&apos;ve answered, under “Facts”</source>
        <translation>在“事实”中作答之后显示 f′</translation>
    </message>
    <message>
        <source>softmax is that of two units, (x, 0): then it is the logistic function</source>
        <translation>softmax 按两个单元 (x, 0) 计算：这时它就是 logistic 函数</translation>
    </message>
    <message>
        <source>softmax is that of two units, (x, 0)</source>
        <translation>softmax 按两个单元 (x, 0) 计算</translation>
    </message>
    <message>
        <source>thick strokes: tangents at the cursor, with the slope plotted below</source>
        <translation>粗线：游标处的切线，斜率画在下方</translation>
    </message>
    <message>
        <source>thick strokes: tangents at the cursor</source>
        <translation>粗线：游标处的切线</translation>
    </message>
    <message>
        <source>Cursor x</source>
        <translation>游标 x</translation>
    </message>
    <message>
        <source>Where does this number come from?</source>
        <translation>这个数从哪里来？</translation>
    </message>
    <message>
        <source>not shown yet</source>
        <translation>尚未显示</translation>
    </message>
    <message>
        <source>{name} {f}, slope {slope}</source>
        <translation>{name} {f}，斜率 {slope}</translation>
    </message>
    <message>
        <source>f, f′ and a layer&apos;s z</source>
        <translation>f、f′ 与一层的 z</translation>
    </message>
    <message>
        <source>Activations</source>
        <translation>激活函数</translation>
    </message>
</context>
<context>
    <name>ActivationWords</name>
    <message>
        <source>z &lt; {low} or z &gt; {high}</source>
        <translation>z &lt; {low} 或 z &gt; {high}</translation>
    </message>
    <message>
        <source>every z</source>
        <translation>所有 z</translation>
    </message>
    <message>
        <source> or </source>
        <translation> 或 </translation>
    </message>
    <message>
        <source>{function} is typed: its slope is taken at every z</source>
        <translation>{function} 是输入的函数：逐个 z 查看它的斜率</translation>
    </message>
    <message>
        <source>off for {function}: {where}, where the slope is exactly 0</source>
        <translation>{function} 关断：{where}，那里的斜率恰为 0</translation>
    </message>
    <message>
        <source>slope 0 for {function}: {where}</source>
        <translation>{function} 斜率为 0：{where}</translation>
    </message>
    <message>
        <source>{function} is flat nowhere</source>
        <translation>{function} 没有平坦之处</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>saturated for {function}: {where}, where the slope stays below {slope} of its largest</source>
        <translation>{function} 的饱和区：{where}，超出之后斜率一直低于最大斜率的 {slope}</translation>
    </message>
    <message>
        <source>saturated for {function}: {where}</source>
        <translation>{function} 的饱和区：{where}</translation>
    </message>
    <message>
        <source>off for {function}: {where}</source>
        <translation>{function} 关断：{where}</translation>
    </message>
    <message>
        <source>{left} to the left and {right} to the right</source>
        <translation>左侧 {left}，右侧 {right}</translation>
    </message>
    <message>
        <source>PyTorch: none</source>
        <translation>PyTorch：无</translation>
    </message>
    <message>
        <source>PyTorch: {slope}</source>
        <translation>PyTorch：{slope}</translation>
    </message>
    <message>
        <source>f has a kink at x = {x}: slope {left} to the left, {right} to the right, so there is no derivative; PyTorch uses {at} there by convention.</source>
        <translation>f 在 x = {x} 处有折点：左侧斜率 {left}，右侧斜率 {right}，因此没有导数；PyTorch 在那里按约定取 {at}。</translation>
    </message>
    <message>
        <source>f has a kink at x = {x}: slope {left} to the left, {right} to the right, so there is no derivative; PyTorch gives no number there.</source>
        <translation>f 在 x = {x} 处有折点：左侧斜率 {left}，右侧斜率 {right}，因此没有导数；PyTorch 在那里也给不出数。</translation>
    </message>
    <message>
        <source>f jumps at x = {x}, so there is no derivative; PyTorch uses {at} there by convention.</source>
        <translation>f 在 x = {x} 处跳变，因此没有导数；PyTorch 按惯例取 {at}。</translation>
    </message>
    <message>
        <source>f ends at x = {x}, so there is no derivative; PyTorch uses {at} there by convention.</source>
        <translation>f 到 x = {x} 为止，该处没有导数；PyTorch 按约定取 {at}。</translation>
    </message>
    <message>
        <source>Kinks at {places}</source>
        <translation>折点位于 {places}</translation>
    </message>
    <message>
        <source>{name} on {axis}: no value at any of {count} points.</source>
        <translation>{name} 在 {axis} 上：{count} 个点处都没有值。</translation>
    </message>
    <message>
        <source>{value} everywhere</source>
        <translation>处处为 {value}</translation>
    </message>
    <message>
        <source>from {low} to {high}</source>
        <translation>从 {low} 到 {high}</translation>
    </message>
    <message>
        <source>slope {slope} everywhere</source>
        <translation>斜率处处为 {slope}</translation>
    </message>
    <message>
        <source>slope {low} to {high}</source>
        <translation>斜率 {low} 到 {high}</translation>
    </message>
    <message>
        <source>slope {slope} wherever it has one</source>
        <translation>在有斜率处斜率均为 {slope}</translation>
    </message>
    <message>
        <source>{name} on {axis}: {facts}; {whole}.</source>
        <translation>{name} 在 {axis} 上：{facts}；{whole}。</translation>
    </message>
    <message>
        <source>continuous as far as {count} points show</source>
        <translation>从 {count} 个点来看是连续的</translation>
    </message>
    <message>
        <source>it jumps at {places}</source>
        <translation>在 {places} 处跳变</translation>
    </message>
    <message>
        <source>it ends at {places} and has no value beyond</source>
        <translation>到 {places} 为止，之外没有值</translation>
    </message>
    <message>
        <source>it ends at {places}; beyond, it has values only at isolated points</source>
        <translation>到 {places} 为止，之外只在个别点上有值</translation>
    </message>
    <message>
        <source>For a hidden layer: {names}, sloped on at least one side.</source>
        <translation>适合隐藏层：{names}，至少有一侧斜率不会消失。</translation>
    </message>
    <message>
        <source>{names}: for an output whose values add up to 1.</source>
        <translation>{names}：用于输出层，各份额之和为 1。</translation>
    </message>
    <message>
        <source>{names}: no slope anywhere, so nothing is learnt.</source>
        <translation>{names}：处处没有斜率，什么也学不到。</translation>
    </message>
    <message>
        <source>{names}: a straight line; many such layers do no more than one.</source>
        <translation>{names}：一条直线；这样的层再多也只相当于一层。</translation>
    </message>
    <message>
        <source>{names}: no slope at either end, so the gradient is soon {vanishing_word}.</source>
        <translation>{names}：两端的斜率都趋于 0，梯度很快{vanishing_word}。</translation>
    </message>
    <message>
        <source>it has no value somewhere</source>
        <translation>某处没有值</translation>
    </message>
    <message>
        <source>For a hidden layer: none of these; try ReLU or GELU.</source>
        <translation>这些都不适合隐藏层；请试 ReLU 或 GELU。</translation>
    </message>
    <message>
        <source>{names} can die where {count:it&apos;s|they&apos;re} flat.</source>
        <translation>{names} 在平坦处可能死亡。</translation>
    </message>
    <message>
        <source>{names}: jumps, or has no value, somewhere.</source>
        <translation>{names}：在某处有跳变或无定义。</translation>
    </message>
</context>
<context>
    <name>ActivationsBar</name>
    <message>
        <source>CURSOR x</source>
        <translation>游标 x</translation>
    </message>
    <message>
        <source>Where f and f′ are read</source>
        <translation>在此处读取 f 和 f′</translation>
    </message>
    <message>
        <source>LAYER NOW</source>
        <translation>当前激活函数</translation>
    </message>
    <message>
        <source>The layer&apos;s activation</source>
        <translation>该层现在的激活函数</translation>
    </message>
    <message>
        <source>Share of all its units&apos; z, over all points, where the slope is exactly 0</source>
        <translation>所有单元、所有样本点的 z 中，斜率恰为 0 的比例</translation>
    </message>
    <message>
        <source>Share of all its units&apos; z, over all points, where the slope is below {slope} of its largest. A unit with more than {rows} of its z there is saturated</source>
        <translation>所有单元、所有样本点的 z 中，斜率低于最大斜率 {slope} 的比例；一个单元超过 {rows} 的 z 如此，就称为饱和</translation>
    </message>
    <message>
        <source>z SATURATED NOW</source>
        <translation>当前饱和的 z</translation>
    </message>
    <message>
        <source>z OFF NOW</source>
        <translation>当前关闭的 z</translation>
    </message>
    <message>
        <source>z OF SLOPE 0 NOW</source>
        <translation>当前斜率为 0 的 z</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>{layer} NOW</source>
        <translation>当前 {layer}</translation>
    </message>
</context>
<context>
    <name>ActivationsOutline</name>
    <message>
        <source>Cursor x</source>
        <translation>游标 x</translation>
    </message>
    <message>
        <source>from</source>
        <translation>从</translation>
    </message>
    <message>
        <source>to</source>
        <translation>到</translation>
    </message>
    <message>
        <source>Compared</source>
        <translation>参与比较</translation>
    </message>
    <message>
        <source>Axis</source>
        <translation>坐标轴</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>not shown yet</source>
        <translation>尚未显示</translation>
    </message>
    <message>
        <source>y at the cursor</source>
        <translation>游标处的 y</translation>
    </message>
    <message>
        <source>slope at the cursor</source>
        <translation>游标处的斜率</translation>
    </message>
    <message>
        <source>range of f</source>
        <translation>f 的值域</translation>
    </message>
    <message>
        <source>range of f′</source>
        <translation>f′ 的值域</translation>
    </message>
    <message>
        <source>measured on</source>
        <translation>测量范围</translation>
    </message>
    <message>
        <source>slope exactly 0</source>
        <translation>斜率恰为 0</translation>
    </message>
    <message>
        <source>saturated</source>
        <translation>饱和</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>z counted</source>
        <translation>计入的 z</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>deviation</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>beyond the axis</source>
        <translation>超出坐标轴</translation>
    </message>
    <message>
        <source>off {share}, dead units {dead} of {units}</source>
        <translation>关断 {share}，死亡单元 {dead}/{units}</translation>
    </message>
    <message>
        <source>slope 0 for {share}, dead units {dead} of {units}</source>
        <translation>斜率为 0 的占 {share}，死亡单元 {dead}/{units}</translation>
    </message>
    <message>
        <source>saturated {share}</source>
        <translation>饱和 {share}</translation>
    </message>
</context>
<context>
    <name>ActivationsPage</name>
    <message>
        <source>Comparison</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Drag over the curves</source>
        <translation>在曲线上拖动</translation>
    </message>
    <message>
        <source>Move x; click a point to see where its number comes from</source>
        <translation>移动 x；点击一点可查看该数的来源</translation>
    </message>
    <message>
        <source>Wheel over the curves</source>
        <translation>在曲线上滚动</translation>
    </message>
    <message>
        <source>Zoom the axis; a double click resets it</source>
        <translation>缩放坐标轴；双击复位</translation>
    </message>
    <message>
        <source>Drag with the middle button, or with Shift</source>
        <translation>按住中键或 Shift 拖动</translation>
    </message>
    <message>
        <source>Move the axis</source>
        <translation>移动坐标轴</translation>
    </message>
    <message>
        <source>Rename parameters</source>
        <translation>重命名参数</translation>
    </message>
    <message>
        <source>{new} replaced {gone}: at most {count} are compared at a time.</source>
        <translation>{new} 取代了 {gone}：最多同时比较 {count} 个。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>ActivationsTab</name>
    <message>
        <source>show z</source>
        <translation>显示 z</translation>
    </message>
    <message>
        <source>Show the pre-activations z = Wa + b of the latest steps instead of the activations a = f(z)</source>
        <translation>显示最近几步的预激活值 z = Wa + b，而不是激活值 a = f(z)</translation>
    </message>
    <message>
        <source>Activations</source>
        <translation>激活值</translation>
    </message>
    <message>
        <source>Pre-activations z, latest steps</source>
        <translation>最近几步的预激活值 z</translation>
    </message>
    <message>
        <source>Activations a over the training set</source>
        <translation>训练集上的激活值 a</translation>
    </message>
    <message>
        <source>units dead {dead} of {units} · saturation not counted</source>
        <translation>死亡单元 {dead}/{units} · 未统计饱和</translation>
    </message>
    <message>
        <source>units saturated {saturated} of {units} · dead {dead}</source>
        <translation>饱和单元 {saturated}/{units} · 死亡 {dead}</translation>
    </message>
    <message>
        <source>units dead {dead} of {units} · saturated {saturated}</source>
        <translation>死亡单元 {dead}/{units} · 饱和 {saturated}</translation>
    </message>
    <message>
        <source>{layer}. Dead: units that are zero for every training sample, so they learn nothing. Saturated: units whose slope f′ is below {slope} of its largest on more than {rows} of the samples, so little gradient gets through.</source>
        <translation>{layer}。死亡：对每个训练样本输出都为零的单元，从任何样本都学不到东西。饱和：在超过 {rows} 的样本上斜率 f′ 低于最大斜率 {slope} 的单元；几乎没有梯度能通过。</translation>
    </message>
</context>
<context>
    <name>Announcements</name>
    <message>
        <source>The link is on the clipboard. {more}</source>
        <translation>链接已在剪贴板上。{more}</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>{count} {count:epoch|epochs}</source>
        <translation>{count} 轮</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Loading data …</source>
        <translation>正在加载数据…</translation>
    </message>
    <message>
        <source> The data panel says {count} more.</source>
        <translation> 数据面板中还有 {count} 条说明。</translation>
    </message>
    <message>
        <source>the rows that were not drawn</source>
        <translation>未被抽到的行</translation>
    </message>
    <message>
        <source>Solved at epoch {epoch}, so training paused. Play continues anyway.</source>
        <translation>在第 {epoch} 轮解出，训练已暂停。按播放仍可继续。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Restore last good weights</source>
        <translation>恢复上一组正常的权重</translation>
    </message>
    <message>
        <source>Undo brings “{title}” back, with what it learnt in {epochs}.</source>
        <translation>“{title}”撤销一次即可恢复，连同它在 {epochs}里学到的一切。</translation>
    </message>
    <message>
        <source>“{name}” was imported with {rows}. “{target}” is predicted from {columns} ({names}). Left out: {left_out}.</source>
        <translation>已读入“{name}”：{rows}；由 {columns}（{names}）预测“{target}”；略去：{left_out}。</translation>
    </message>
    <message>
        <source>{count} {count:row|rows}</source>
        <translation>{count} 行</translation>
    </message>
    <message>
        <source>{count} {count:column|columns}</source>
        <translation>{count} 列</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>always the same</source>
        <translation>值始终相同</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>like an identifier</source>
        <translation>像是编号</translation>
    </message>
    <message>
        <source>neither numbers nor texts</source>
        <translation>既非数字也非文本</translation>
    </message>
    <message>
        <source>dates</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>not chosen</source>
        <translation>未选中</translation>
    </message>
    <message>
        <source>“{column}” ({reason})</source>
        <translation>“{column}”（{reason}）</translation>
    </message>
</context>
<context>
    <name>Answers</name>
    <message>
        <source>{right} of {total} right</source>
        <translation>{total} 个中 {right} 个正确</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>true ↑</source>
        <translation>真实 ↑</translation>
    </message>
    <message>
        <source>true, by predicted</source>
        <translation>真实，按预测</translation>
    </message>
    <message>
        <source>Rows are true classes, columns are predicted classes</source>
        <translation>每行是真实类别，每列是预测类别</translation>
    </message>
    <message>
        <source>{count} of {total} rows of “{true}” were predicted as “{predicted}”</source>
        <translation>“{true}”的 {total} 行中有 {count} 行被当作“{predicted}”</translation>
    </message>
    <message>
        <source>Left: predicted against true values; on the line they are right. Right: true − predicted.</source>
        <translation>左：预测值与真实值，落在直线上即为正确。右：真实值 − 预测值。</translation>
    </message>
    <message>
        <source>true → · predicted ↑</source>
        <translation>真实 → · 预测 ↑</translation>
    </message>
    <message>
        <source>true − predicted</source>
        <translation>真实 − 预测</translation>
    </message>
    <message>
        <source>true</source>
        <translation>真实</translation>
    </message>
    <message>
        <source>The process that answers for this network couldn&apos;t be started. Try again.</source>
        <translation>无法启动为此网络作答的程序；请再试一次。</translation>
    </message>
    <message>
        <source>The process that answers for this network crashed (signal {code}). Start it again.</source>
        <translation>为此网络作答的程序崩溃了（信号 {code}）；请重新启动它。</translation>
    </message>
    <message>
        <source>The process that answers for this network ended unexpectedly (code {code}). Start it again.</source>
        <translation>为此网络作答的程序自行结束了（代码 {code}）；请重新启动它。</translation>
    </message>
</context>
<context>
    <name>AnswersPage</name>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Rows that the network wasn&apos;t trained on</source>
        <translation>没有用于训练的行</translation>
    </message>
    <message>
        <source>Rows that the network was trained on</source>
        <translation>用于训练的行</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>Residuals</source>
        <translation>残差</translation>
    </message>
    <message>
        <source>click to look</source>
        <translation>点击查看</translation>
    </message>
    <message>
        <source>Mistakes</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Test images</source>
        <translation>测试图像</translation>
    </message>
    <message>
        <source>Training images</source>
        <translation>训练图像</translation>
    </message>
    <message>
        <source>Test rows</source>
        <translation>测试行</translation>
    </message>
    <message>
        <source>Training rows</source>
        <translation>训练行</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>尚无</translation>
    </message>
    <message>
        <source>{right} of {total} right</source>
        <translation>{total} 个中 {right} 个正确</translation>
    </message>
    <message>
        <source>The one mistake</source>
        <translation>唯一的错误</translation>
    </message>
    <message>
        <source>The {count} mistakes</source>
        <translation>{count} 个错误</translation>
    </message>
    <message>
        <source>No mistakes</source>
        <translation>没有错误</translation>
    </message>
    <message>
        <source>Image {row}: a {true}, predicted as {predicted}</source>
        <translation>图像 {row}：真实为 {true}，被当成 {predicted}</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>以及另外 {count} 个</translation>
    </message>
</context>
<context>
    <name>Application</name>
    <message>
        <source>Opening what was open …</source>
        <translation>正在恢复先前打开的内容……</translation>
    </message>
    <message>
        <source>Nothing can be stored in {places}. Work that isn&apos;t saved elsewhere is lost when the window closes.</source>
        <translation>无法在 {places} 中保存任何内容。没有另存到别处的内容会在窗口关闭时丢失。</translation>
    </message>
</context>
<context>
    <name>AskingStrip</name>
    <message>
        <source>Start again</source>
        <translation>重新启动</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查看</translation>
    </message>
    <message>
        <source>Opening the network …</source>
        <translation>正在打开网络……</translation>
    </message>
    <message>
        <source>Computing …</source>
        <translation>正在计算……</translation>
    </message>
    <message>
        <source>The network has been trained further. What&apos;s shown is from its earlier weights.</source>
        <translation>网络又训练过了；所示的是它先前的权重。</translation>
    </message>
</context>
<context>
    <name>Awaiting</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>Badge</name>
    <message>
        <source>error signal ‖δ‖,
nothing to compare</source>
        <translation>误差信号 ‖δ‖，
没有可比的基准</translation>
    </message>
    <message>
        <source>error signal ‖δ‖,
{layer} = 1</source>
        <translation>误差信号 ‖δ‖，
{layer} = 1</translation>
    </message>
</context>
<context>
    <name>Beside</name>
    <message>
        <source>other rows</source>
        <translation>行不同</translation>
    </message>
    <message>
        <source>other rows ({judged} of {all})</source>
        <translation>行不同（{all} 行中的 {judged} 行）</translation>
    </message>
    <message>
        <source>this run</source>
        <translation>本次运行</translation>
    </message>
    <message>
        <source>{count} columns read differently</source>
        <translation>{count} 列的读法不同</translation>
    </message>
    <message>
        <source>“{column}” as a number</source>
        <translation>“{column}”作为数值</translation>
    </message>
    <message>
        <source>“{column}” as a category</source>
        <translation>“{column}”作为类别</translation>
    </message>
    <message>
        <source>“{column}” as a list</source>
        <translation>“{column}”作为列表</translation>
    </message>
    <message>
        <source>without “{column}”</source>
        <translation>不含“{column}”</translation>
    </message>
</context>
<context>
    <name>BesideTable</name>
    <message>
        <source>model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>What the run is compared with</source>
        <translation>与本次运行比较的对象</translation>
    </message>
    <message>
        <source>It was evaluated on other rows of the file, so it isn&apos;t compared.</source>
        <translation>它是在该文件的其他行上评估的，因此不作任何比较。</translation>
    </message>
</context>
<context>
    <name>Bindings</name>
    <message>
        <source>Undo {step}</source>
        <translation>撤销{step}</translation>
    </message>
    <message>
        <source>Redo {step}</source>
        <translation>重做{step}</translation>
    </message>
    <message>
        <source>“{step}”: {tip}</source>
        <translation>“{step}”：{tip}</translation>
    </message>
    <message>
        <source>This takes effect at the next start: what is open can&apos;t be kept on the disk.</source>
        <translation>下次启动时生效：当前打开的内容无法保存到磁盘。</translation>
    </message>
    <message>
        <source>An internal error happened ({summary}). Your work is kept; the log has the details.</source>
        <translation>发生内部错误（{summary}）。你的内容已保留；详情见日志。</translation>
    </message>
    <message>
        <source>Show the log</source>
        <translation>显示日志</translation>
    </message>
</context>
<context>
    <name>BlockGradients</name>
    <message>
        <source>Nothing reaches {names}, so {count:it doesn&apos;t|they don&apos;t} learn.</source>
        <translation>没有梯度到达 {names}，所以不在学习。</translation>
    </message>
    <message>
        <source>From block to block the norm stays within a factor of {factor}.</source>
        <translation>各模块之间，范数的差别保持在 {factor} 倍以内。</translation>
    </message>
    <message>
        <source>measured at the end of each epoch</source>
        <translation>在每轮结束时测量</translation>
    </message>
</context>
<context>
    <name>CalculationSheet</name>
    <message>
        <source>Every number has enough digits to check the line by hand</source>
        <translation>每个数都写出足够的位数，可以照着算式手算</translation>
    </message>
    <message>
        <source>The stage in detail</source>
        <translation>该阶段的演算</translation>
    </message>
    <message>
        <source>symbols</source>
        <translation>符号</translation>
    </message>
    <message>
        <source>numbers</source>
        <translation>数值</translation>
    </message>
    <message numerus="yes">
        <source>… and %n more weight(s)</source>
        <translation>
            <numerusform>… 另有 %n 个权重</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CalibrationPlot</name>
    <message>
        <source>Ten bins of equally many test rows; equal predictions share a bin. On the line: as predicted</source>
        <translation>测试行分为行数相同的十个区间，预测值相同的行在同一区间；落在线上即与预测相符</translation>
    </message>
    <message>
        <source>{count} {count:row|rows}</source>
        <translation>{count} 行</translation>
    </message>
    <message>
        <source>{rows}: predicted {predicted}, came {observed}</source>
        <translation>{rows}：预测 {predicted}，实际 {observed}</translation>
    </message>
</context>
<context>
    <name>CalibrationView</name>
    <message>
        <source>With the cure</source>
        <translation>有修正</translation>
    </message>
    <message>
        <source>Without the cure</source>
        <translation>无修正</translation>
    </message>
    <message>
        <source>predicted ÷ true {ratio} · of an exact fit {exact}</source>
        <translation>预测 ÷ 真实 {ratio} · 精确拟合时 {exact}</translation>
    </message>
    <message>
        <source>There is no such network beside this one. Start a run with companions, as the button on the first page does; both are then trained on the same impressions.</source>
        <translation>旁边没有这样的网络。像首页的按钮那样开始一次带同伴的运行，两者就会在同样的展示上训练。</translation>
    </message>
    <message>
        <source>Weights alone make the odds E[T] ÷ (1 − p), too long by 1 ÷ (1 − p): most where most is clicked, which is where most is watched. One more negative of weight 1 for every click cures it.</source>
        <translation>仅靠加权，几率为 E[T] ÷ (1 − p)，是应有值的 1 ÷ (1 − p) 倍：点击最多的地方偏得最多，而那里也正是观看最多的地方。每次点击再加一个权重为 1 的负样本，即可修正。</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Unfold {count} inputs</source>
        <translation>展开 {count} 个输入</translation>
    </message>
    <message>
        <source>Fold to an image</source>
        <translation>折叠为图像</translation>
    </message>
    <message>
        <source>Weave your first network</source>
        <translation>编织你的第一个网络</translation>
    </message>
    <message>
        <source>Drag an Input, a Dense and an Output block here from the palette, or press A.
Then drag from one block&apos;s port to the next, or press W, and press Play.</source>
        <translation>从模块面板把输入、全连接和输出模块拖到这里，或按 A 键。
然后从一个模块的端口拖到下一个，或按 W 键，再按播放。</translation>
    </message>
    <message>
        <source>{count} {count:unit|units}</source>
        <translation>{count} 个单元</translation>
    </message>
    <message>
        <source>{count} {count:block, not|blocks, none} selected</source>
        <translation>{count} 个模块，{count:未选中|均未选中}</translation>
    </message>
    <message>
        <source>{first} to {last}, each {detail}</source>
        <translation>{first} 至 {last}，每层 {detail}</translation>
    </message>
    <message>
        <source>{height} × {width} pixels</source>
        <translation>{height} × {width} 像素</translation>
    </message>
    <message>
        <source>, fed by {names}</source>
        <translation>，输入来自 {names}</translation>
    </message>
</context>
<context>
    <name>CanvasCommands</name>
    <message>
        <source>Cut</source>
        <translation>剪切</translation>
    </message>
    <message>
        <source>Copy the selected blocks and delete them.</source>
        <translation>复制选中的模块，再把它们删除。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>再制</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Select every block.</source>
        <translation>选中所有模块。</translation>
    </message>
    <message>
        <source>Add a block to the middle of the canvas.</source>
        <translation>在画布中央添加一个模块。</translation>
    </message>
    <message>
        <source>More units</source>
        <translation>增加单元</translation>
    </message>
    <message>
        <source>Fewer units</source>
        <translation>减少单元</translation>
    </message>
    <message>
        <source>Neuron details</source>
        <translation>神经元详情</translation>
    </message>
    <message>
        <source>Draw a wire from the selected block: arrows choose the other end, Enter connects.</source>
        <translation>从选中的模块引出连线：方向键选择另一端，回车键连接。</translation>
    </message>
    <message>
        <source>Add a unit to the selected dense block.</source>
        <translation>给选中的全连接模块增加一个单元。</translation>
    </message>
    <message>
        <source>Remove a unit from the selected dense block.</source>
        <translation>从选中的全连接模块减少一个单元。</translation>
    </message>
    <message>
        <source>Open a neuron&apos;s formula z = Σ w·a + b with its live numbers; Alt and arrows go to its neighbours.</source>
        <translation>打开神经元的算式 z = Σ w·a + b，数值实时更新；Alt 加方向键可切换到相邻神经元。</translation>
    </message>
    <message>
        <source>Unfold pixels</source>
        <translation>展开像素</translation>
    </message>
    <message>
        <source>Show each pixel of the input image as a tile, or the image again.</source>
        <translation>把输入图像的每个像素显示为一个小格，或恢复为图像。</translation>
    </message>
    <message>
        <source>Auto-layout</source>
        <translation>自动布局</translation>
    </message>
    <message>
        <source>Lay the network out from left to right.</source>
        <translation>把网络从左到右排列整齐。</translation>
    </message>
    <message>
        <source>Zoom to fit</source>
        <translation>缩放至合适</translation>
    </message>
    <message>
        <source>Show the whole network.</source>
        <translation>显示整个网络。</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Show less, larger.</source>
        <translation>看得更少、更大。</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Show more, smaller.</source>
        <translation>看得更多、更小。</translation>
    </message>
    <message>
        <source>Zoom to 100 %</source>
        <translation>缩放至 100 %</translation>
    </message>
    <message>
        <source>Show the network at its actual size.</source>
        <translation>按原始大小显示网络。</translation>
    </message>
    <message>
        <source>Align the left edges of the selected blocks.</source>
        <translation>让选中的模块左边缘对齐。</translation>
    </message>
    <message>
        <source>Align the selected blocks on a vertical centre line.</source>
        <translation>把所选模块按竖直中线对齐。</translation>
    </message>
    <message>
        <source>Align the right edges of the selected blocks.</source>
        <translation>让选中的模块右边缘对齐。</translation>
    </message>
    <message>
        <source>Align the top edges of the selected blocks.</source>
        <translation>让选中的模块上边缘对齐。</translation>
    </message>
    <message>
        <source>Align the selected blocks on a horizontal centre line.</source>
        <translation>把所选模块按水平中线对齐。</translation>
    </message>
    <message>
        <source>Align the bottom edges of the selected blocks.</source>
        <translation>让选中的模块下边缘对齐。</translation>
    </message>
    <message>
        <source>Select one of its weights, to type another; Delete removes the whole wire</source>
        <translation>选中其中一个权重，可输入新值；按 Delete 键删除整条连线</translation>
    </message>
    <message>
        <source>Drag on empty canvas</source>
        <translation>在空白处拖动</translation>
    </message>
    <message>
        <source>Double click on empty canvas</source>
        <translation>双击空白处</translation>
    </message>
    <message>
        <source>First select the block to wire from; Tab goes from block to block.</source>
        <translation>请先选中要引出连线的模块：Tab 键逐个切换模块。</translation>
    </message>
    <message>
        <source>Choose the other end with the arrow keys; Enter connects, Escape cancels.</source>
        <translation>用方向键选择另一端；回车键连接，Esc 键放弃。</translation>
    </message>
    <message>
        <source>Align left</source>
        <translation>左对齐</translation>
    </message>
    <message>
        <source>Align centres</source>
        <translation>水平居中对齐</translation>
    </message>
    <message>
        <source>Align right</source>
        <translation>右对齐</translation>
    </message>
    <message>
        <source>Align top</source>
        <translation>顶端对齐</translation>
    </message>
    <message>
        <source>Align middles</source>
        <translation>垂直居中对齐</translation>
    </message>
    <message>
        <source>Align bottom</source>
        <translation>底端对齐</translation>
    </message>
    <message>
        <source>Distribute horizontally</source>
        <translation>水平均匀分布</translation>
    </message>
    <message>
        <source>Make the gaps between the selected blocks equal from left to right.</source>
        <translation>让选中模块之间的左右间距相等。</translation>
    </message>
    <message>
        <source>Distribute vertically</source>
        <translation>垂直均匀分布</translation>
    </message>
    <message>
        <source>Make the gaps between the selected blocks equal from top to bottom.</source>
        <translation>让选中模块之间的上下间距相等。</translation>
    </message>
    <message>
        <source>Click a neuron</source>
        <translation>点击神经元</translation>
    </message>
    <message>
        <source>Open its arithmetic</source>
        <translation>打开它的算式</translation>
    </message>
    <message>
        <source>Click a wire</source>
        <translation>点击连线</translation>
    </message>
    <message>
        <source>Right click</source>
        <translation>右键点击</translation>
    </message>
    <message>
        <source>Drag a block</source>
        <translation>拖动模块</translation>
    </message>
    <message>
        <source>Move it; with Shift or Ctrl, a click adds it to the selection</source>
        <translation>移动它；按住 Shift 或 Ctrl 点击则加入选择</translation>
    </message>
    <message>
        <source>Drag from port to port</source>
        <translation>从端口拖到端口</translation>
    </message>
    <message>
        <source>Draw a wire</source>
        <translation>连线</translation>
    </message>
    <message>
        <source>Copy the selected blocks and the wires between them to the clipboard.</source>
        <translation>把选中的模块及其间的连线放到剪贴板上。</translation>
    </message>
    <message>
        <source>Insert the blocks from the clipboard, or open the link on it.</source>
        <translation>插入剪贴板上的模块，或打开其中的链接。</translation>
    </message>
    <message>
        <source>Insert a copy of the selected blocks next to them.</source>
        <translation>在旁边插入选中模块的副本。</translation>
    </message>
    <message>
        <source>Delete the selected wire or blocks; their neighbours are joined where shapes allow.</source>
        <translation>删除选中的连线或模块；形状允许时，相邻模块会直接连起来。</translation>
    </message>
    <message>
        <source>Add block…</source>
        <translation>添加模块…</translation>
    </message>
    <message>
        <source>Double click a block’s name</source>
        <translation>双击模块的名称</translation>
    </message>
    <message>
        <source>Rename it</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Actions for the wire, the block or the canvas</source>
        <translation>对连线、模块或画布可做的操作</translation>
    </message>
    <message>
        <source>Drag the bar under a layer</source>
        <translation>拖动层下方的横条</translation>
    </message>
    <message>
        <source>More or fewer units</source>
        <translation>增减单元</translation>
    </message>
    <message>
        <source>Select blocks</source>
        <translation>框选模块</translation>
    </message>
    <message>
        <source>Wheel, or drag with the middle button</source>
        <translation>滚轮，或按住中键拖动</translation>
    </message>
    <message>
        <source>Pan; with Ctrl, the wheel zooms</source>
        <translation>平移；按住 Ctrl 滚轮缩放</translation>
    </message>
    <message>
        <source>Align</source>
        <translation>对齐</translation>
    </message>
    <message>
        <source>There are no blocks on the clipboard; copy some first.</source>
        <translation>剪贴板上没有模块；请先复制一些。</translation>
    </message>
    <message>
        <source>No input here is an image.</source>
        <translation>这里没有图像输入。</translation>
    </message>
</context>
<context>
    <name>CanvasEdits</name>
    <message>
        <source>Add {kind}</source>
        <translation>添加{kind}</translation>
    </message>
    <message>
        <source>Wire</source>
        <translation>连线</translation>
    </message>
    <message>
        <source>Delete wire</source>
        <translation>删除连线</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Change units</source>
        <translation>改变单元数</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Auto-layout</source>
        <translation>自动布局</translation>
    </message>
    <message>
        <source>Align</source>
        <translation>对齐</translation>
    </message>
    <message>
        <source>Distribute</source>
        <translation>均匀分布</translation>
    </message>
</context>
<context>
    <name>CanvasPanel</name>
    <message>
        <source>Value of the input</source>
        <translation>输入的值</translation>
    </message>
    <message>
        <source>Type a number, then Enter; Escape cancels</source>
        <translation>键入一个数，再按回车键；Esc 键保持原样</translation>
    </message>
</context>
<context>
    <name>CanvasTooltips</name>
    <message>
        <source>Click to see where the number comes from.</source>
        <translation>点击可查看这个数的来源。</translation>
    </message>
    <message>
        <source>A ribbon of weights. Open a unit to see its own. Click and press Delete to remove the wire.</source>
        <translation>一束权重。打开一个单元可看到它自己的权重。点击后按 Delete 可删除这条连线。</translation>
    </message>
    <message>
        <source>A wire without weights. Click it and press Delete to remove it.</source>
        <translation>不带权重的连线。点中它再按 Delete 键可删除。</translation>
    </message>
    <message>
        <source>{from_unit} of {source} → {to_unit} of {target}</source>
        <translation>{source} 的 {from_unit} → {target} 的 {to_unit}</translation>
    </message>
    <message>
        <source>It adds w times the left unit’s output to the right unit’s z; the wider the line, the larger |w|.</source>
        <translation>它把左边单元的输出乘以 w，加到右边单元的 z 上；线越粗，|w| 越大。</translation>
    </message>
    <message>
        <source>Click to change it.</source>
        <translation>点击可修改。</translation>
    </message>
    <message>
        <source>Input: drag a wire here from another block&apos;s output.</source>
        <translation>输入端：从另一个模块的输出端拖一条连线到这里。</translation>
    </message>
    <message>
        <source>Output: drag from here to another block&apos;s input.</source>
        <translation>输出端：从这里拖到另一个模块的输入端。</translation>
    </message>
    <message>
        <source>Drag down for more units, up for fewer.</source>
        <translation>向下拖增加单元，向上拖减少单元。</translation>
    </message>
    <message>
        <source>One unit fewer; ten with Shift.</source>
        <translation>减少一个单元；按住 Shift 减少十个。</translation>
    </message>
    <message>
        <source>One unit more; ten with Shift.</source>
        <translation>增加一个单元；按住 Shift 增加十个。</translation>
    </message>
    <message>
        <source>Show each pixel as its own tile, or the image again (U).</source>
        <translation>把每个像素显示为一个小格，或恢复为图像（U）。</translation>
    </message>
    <message>
        <source>The map shows this neuron&apos;s output over the plane of the data. Click to see the arithmetic.</source>
        <translation>图中是该神经元在数据平面上的输出。点击查看其算式。</translation>
    </message>
    <message>
        <source>The map shows this feature over the plane of the data.</source>
        <translation>图中是该特征在数据平面上的取值。</translation>
    </message>
    <message>
        <source>The ink of this pixel in the current image.</source>
        <translation>当前查看的图像在该像素上的墨迹。</translation>
    </message>
    <message>
        <source>Filled in proportion to the probability of this class for the current image.</source>
        <translation>填充程度为网络给当前图像判为此类的概率。</translation>
    </message>
    <message>
        <source>This neuron&apos;s weights: ink on {positive} pixels excites it, ink on {negative} ones inhibits it. The bar is its output for the current image. Click to see the arithmetic.</source>
        <translation>该神经元的权重：{positive}像素上的墨迹激发它，{negative}像素上的墨迹抑制它。条形是它对当前图像的输出。点击查看算式。</translation>
    </message>
    <message>
        <source>The colour is this neuron&apos;s output for the current image. Click to see the arithmetic.</source>
        <translation>颜色表示该神经元对当前查看的图像的输出。点击查看其算式。</translation>
    </message>
</context>
<context>
    <name>Cards</name>
    <message>
        <source>No card has these words. Search for a single one, such as “gradient”.</source>
        <translation>没有卡片含有这些词；请只搜一个词，例如“梯度”。</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>示例库</translation>
    </message>
    <message>
        <source>Each card shows what a real network learnt. Open one, press Play, then change one thing.</source>
        <translation>每张卡片展示一个真实网络学到的东西。打开一个，点播放，然后改动一处。</translation>
    </message>
    <message>
        <source>Find by idea or by name</source>
        <translation>按道理或名称查找</translation>
    </message>
    <message>
        <source>Find a card by its idea or its name, in any language of the program (Ctrl+F)</source>
        <translation>按道理或名称查找卡片，可用本程序的任何语言（Ctrl+F）</translation>
    </message>
</context>
<context>
    <name>CaseView</name>
    <message>
        <source>weight {weight}</source>
        <translation>权重 {weight}</translation>
    </message>
    <message>
        <source>memorised</source>
        <translation>记住的</translation>
    </message>
    <message>
        <source>never seen</source>
        <translation>从未见过</translation>
    </message>
    <message>
        <source>seen, weight 0</source>
        <translation>见过，权重 0</translation>
    </message>
    <message>
        <source>seen, weight near 0</source>
        <translation>见过，权重接近 0</translation>
    </message>
    <message>
        <source>{count} training {count:row|rows}</source>
        <translation>{count} 个训练行</translation>
    </message>
    <message>
        <source>{rows}, {share} {goal}</source>
        <translation>{rows}，{share} {goal}</translation>
    </message>
    <message>
        <source>{rows}, {share} {goal}; others may share its weight (hashed)</source>
        <translation>{rows}，{share} {goal}；别的组合可能共用它的权重（哈希）</translation>
    </message>
    <message>
        <source>no training row: others may share its weight (hashed)</source>
        <translation>没有训练行：别的组合可能共用它的权重（哈希）</translation>
    </message>
    <message>
        <source>no training row</source>
        <translation>没有训练行</translation>
    </message>
    <message>
        <source>no training row: its weight never moved</source>
        <translation>没有训练行：它的权重从未动过</translation>
    </message>
</context>
<context>
    <name>CategoryChoice</name>
    <message>
        <source>{category} of this user, as the network sees it</source>
        <translation>此用户的 {category}，以网络读到的为准</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>{value}, new to it</source>
        <translation>{value}（网络未见过）</translation>
    </message>
</context>
<context>
    <name>ChainCard</name>
    <message>
        <source>Chain rule so far</source>
        <translation>目前的链式法则</translation>
    </message>
    <message>
        <source>There is no input that the result depends on.</source>
        <translation>结果不依赖任何输入。</translation>
    </message>
    <message>
        <source>This node needs no gradient.</source>
        <translation>这个节点不需要梯度。</translation>
    </message>
    <message>
        <source>The first {shown} of {count} factors.</source>
        <translation>{count} 个因子中的前 {shown} 个。</translation>
    </message>
    <message>
        <source>more than a million</source>
        <translation>超过一百万</translation>
    </message>
    <message>
        <source>The strongest of {count} paths; the contributions of all of them are added.</source>
        <translation>{count} 条路径中最强的一条；所有路径传来的相加。</translation>
    </message>
</context>
<context>
    <name>ChainRows</name>
    <message>
        <source>Each row multiplies by one more local derivative; click it to see where it comes from</source>
        <translation>每一行多乘一个局部导数；点击可看它从哪里来</translation>
    </message>
</context>
<context>
    <name>Changes</name>
    <message>
        <source>Connection {source} → {target} removed</source>
        <translation>连接 {source} → {target} 已移除</translation>
    </message>
    <message>
        <source>and {count} more changes</source>
        <translation>另有 {count} 处改动</translation>
    </message>
    <message>
        <source>{name} removed</source>
        <translation>已删除 {name}</translation>
    </message>
    <message>
        <source>{name} added</source>
        <translation>已添加 {name}</translation>
    </message>
    <message>
        <source>{names} moved</source>
        <translation>已移动 {names}</translation>
    </message>
    <message>
        <source>Connection {source} → {target} added</source>
        <translation>连接 {source} → {target} 已添加</translation>
    </message>
    <message>
        <source>{old} is now called {name}</source>
        <translation>{old} 现改名为 {name}</translation>
    </message>
    <message>
        <source>{name} changed</source>
        <translation>{name} 已改变</translation>
    </message>
</context>
<context>
    <name>CheckBadge</name>
    <message>
        <source>PyTorch agrees, difference {gap}</source>
        <translation>与 PyTorch 一致，相差 {gap}</translation>
    </message>
    <message>
        <source>PyTorch differs by {gap}</source>
        <translation>与 PyTorch 相差 {gap}</translation>
    </message>
    <message>
        <source>PyTorch also gives {number}</source>
        <translation>PyTorch 也得出 {number}</translation>
    </message>
    <message>
        <source>The numpy reference also gives {number}</source>
        <translation>numpy 参考实现也得到 {number}</translation>
    </message>
    <message>
        <source>Finite differences also give {number}</source>
        <translation>有限差分也得到 {number}</translation>
    </message>
    <message>
        <source>Plain arithmetic also gives {number}</source>
        <translation>普通算术也得到 {number}</translation>
    </message>
    <message>
        <source>PyTorch couldn&apos;t be run, so this isn&apos;t checked.</source>
        <translation>无法询问 PyTorch：此数未经核对。</translation>
    </message>
    <message>
        <source>Not checked: only PyTorch can check this, and it isn&apos;t installed. Recommend can install it.</source>
        <translation>未核对：只有 PyTorch 能核对它，而它尚未安装；可在“推荐”中安装。</translation>
    </message>
    <message>
        <source>The numpy reference agrees, difference {gap}</source>
        <translation>numpy 参考实现结果一致，相差 {gap}</translation>
    </message>
    <message>
        <source>The numpy reference differs by {gap}</source>
        <translation>与 numpy 参考实现相差 {gap}</translation>
    </message>
    <message>
        <source>Finite differences agree to {gap}</source>
        <translation>有限差分结果一致，误差不超过 {gap}</translation>
    </message>
    <message>
        <source>Finite differences differ by {gap}</source>
        <translation>与有限差分相差 {gap}</translation>
    </message>
    <message>
        <source>Plain arithmetic agrees, difference {gap}</source>
        <translation>普通算术结果一致，相差 {gap}</translation>
    </message>
    <message>
        <source>Plain arithmetic differs by {gap}</source>
        <translation>与普通算术相差 {gap}</translation>
    </message>
    <message>
        <source>Not yet checked: asking PyTorch …</source>
        <translation>尚未核对：正在询问 PyTorch……</translation>
    </message>
    <message>
        <source>Not yet checked …</source>
        <translation>尚未核对……</translation>
    </message>
</context>
<context>
    <name>Closing</name>
    <message>
        <source>“{names}” is training.</source>
        <translation>“{names}”正在训练。</translation>
    </message>
    <message>
        <source>“{names}” are training.</source>
        <translation>“{names}”正在训练。</translation>
    </message>
    <message>
        <source>Training can continue without the window and will be listed under Earlier runs when you come back. Or it can stop after the current batch and keep a checkpoint to resume from.</source>
        <translation>训练不需要窗口：它可以继续，你回来时它在“先前的运行”中。或者在当前批次后停下并保存检查点，以后可从那里继续。</translation>
    </message>
    <message>
        <source>Continue without the window</source>
        <translation>不带窗口继续</translation>
    </message>
    <message>
        <source>Stop and keep</source>
        <translation>停下并保存</translation>
    </message>
</context>
<context>
    <name>CodePage</name>
    <message>
        <source>The pass in PyTorch</source>
        <translation>用 PyTorch 做这次传播</translation>
    </message>
    <message>
        <source>Paste it into any Python with PyTorch: it prints every gradient</source>
        <translation>粘贴到任何装有 PyTorch 的 Python 中：它会打印每个梯度</translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation>复制代码</translation>
    </message>
    <message>
        <source>Copy these lines to the clipboard</source>
        <translation>把这些代码放到剪贴板上</translation>
    </message>
    <message>
        <source>The same graph, one line per node; PyTorch finds the gradients by itself.</source>
        <translation>同一个图，每个节点一行；PyTorch 自行求出梯度。</translation>
    </message>
    <message>
        <source>{count} nodes: the code is written when you copy it.</source>
        <translation>{count} 个节点：复制时才生成代码。</translation>
    </message>
    <message>
        <source>The code is on the clipboard</source>
        <translation>代码已在剪贴板上</translation>
    </message>
</context>
<context>
    <name>CollapsedCard</name>
    <message>
        <source>Collapsed, it reads</source>
        <translation>折叠之后</translation>
    </message>
    <message>
        <source>{group}, collapsed</source>
        <translation>{group}，已折叠</translation>
    </message>
    <message>
        <source>Nothing here gets shorter as one node. Select two or more to collapse them.</source>
        <translation>这里没有合并后更短的一组节点。可以选两个或更多节点来合并。</translation>
    </message>
    <message>
        <source>Derivatives are hidden until the pass is over.</source>
        <translation>这一轮传播结束之前，导数保持隐藏。</translation>
    </message>
    <message>
        <source>local derivative</source>
        <translation>局部导数</translation>
    </message>
    <message>
        <source>arrives</source>
        <translation>传来</translation>
    </message>
    <message>
        <source>share through {node}</source>
        <translation>经 {node} 的一份</translation>
    </message>
    <message>
        <source>share through {node}, {name} = {operand}</source>
        <translation>经 {node} 的一份，{name} = {operand}</translation>
    </message>
    <message>
        <source>handed on</source>
        <translation>传下去</translation>
    </message>
    <message>
        <source>equal to the parts</source>
        <translation>与各部分的结果相等</translation>
    </message>
    <message>
        <source>the parts differ by {gap}</source>
        <translation>与各部分的结果相差 {gap}</translation>
    </message>
</context>
<context>
    <name>ColumnPicker</name>
    <message>
        <source>The column of the data that this block feeds in</source>
        <translation>此模块输入数据中的哪一列</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Ticked columns are fed into the network</source>
        <translation>勾选的列会输入网络</translation>
    </message>
    <message>
        <source>The data has no such column “{column}”. Choose one.</source>
        <translation>数据中没有这一类型的“{column}”列；请选择一列。</translation>
    </message>
    <message>
        <source>{count} {count:bin|bins} of the number</source>
        <translation>该数值的 {count} 个区间</translation>
    </message>
    <message>
        <source>{count} known {count:value|values}</source>
        <translation>{count} 个已知值</translation>
    </message>
    <message>
        <source>{count} {count:number|numbers} a row</source>
        <translation>每行 {count} 个数值</translation>
    </message>
    <message>
        <source>{values}, and one place for unknown ones</source>
        <translation>{values}，另有一个位置留给未知值</translation>
    </message>
    <message>
        <source>Choose column</source>
        <translation>选择列</translation>
    </message>
    <message>
        <source>Choose columns</source>
        <translation>选择列</translation>
    </message>
</context>
<context>
    <name>Columns</name>
    <message>
        <source>To read a column that was left out, choose its use under “taken as” when you import the file.</source>
        <translation>要使用被略去的列，请在导入文件时于“当作”一栏选择它的用途。</translation>
    </message>
    <message>
        <source>“{column}” isn&apos;t read, so items are shown by their ids. To read it, import the file again and take it as the title.</source>
        <translation>没有读取“{column}”，因此物品以其编号显示。要读取它，请重新导入文件，并将该列当作标题。</translation>
    </message>
    <message>
        <source>{number} (binned)</source>
        <translation>{number}（分箱）</translation>
    </message>
</context>
<context>
    <name>ColumnsModel</name>
    <message>
        <source>column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>used as</source>
        <translation>用作</translation>
    </message>
    <message>
        <source>holds</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>different</source>
        <translation>不同值</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>distribution</source>
        <translation>分布</translation>
    </message>
</context>
<context>
    <name>CombinationBars</name>
    <message>
        <source>combination</source>
        <translation>组合</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>{name}: {rows} {rows:row|rows}, {share} of all; yes in {rate}</source>
        <translation>{name}：{rows} 行，占全部的 {share}；其中 {rate} 为是</translation>
    </message>
</context>
<context>
    <name>ComparedFunctions</name>
    <message>
        <source>own {number}</source>
        <translation>自定义 {number}</translation>
    </message>
    <message>
        <source>{name} is still {text}; what you&apos;ve typed can&apos;t be read.</source>
        <translation>{name} 仍是 {text}：现在输入的内容无法读取。</translation>
    </message>
</context>
<context>
    <name>ComparisonEdits</name>
    <message>
        <source>Compare other activations</source>
        <translation>比较其他激活函数</translation>
    </message>
    <message>
        <source>Move the cursor</source>
        <translation>移动游标</translation>
    </message>
    <message>
        <source>Move the axis</source>
        <translation>移动坐标轴</translation>
    </message>
    <message>
        <source>Reset axis</source>
        <translation>重置坐标轴</translation>
    </message>
    <message>
        <source>Set a parameter</source>
        <translation>设置参数</translation>
    </message>
    <message>
        <source>Type an activation</source>
        <translation>键入激活函数</translation>
    </message>
</context>
<context>
    <name>ComparisonFrame</name>
    <message>
        <source>Outline of the comparison</source>
        <translation>比较的大纲</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Choose what is compared</source>
        <translation>选择要比较的函数</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>事实</translation>
    </message>
    <message>
        <source>Show the checklist and the numbers at the cursor</source>
        <translation>显示检查表和光标处的数值</translation>
    </message>
</context>
<context>
    <name>ControlPanel</name>
    <message>
        <source>Try this</source>
        <translation>试试看</translation>
    </message>
    <message>
        <source>What it should compute</source>
        <translation>它应该计算什么</translation>
    </message>
    <message>
        <source>The weight of input {name}: above 0 it excites, below 0 it inhibits</source>
        <translation>输入 {name} 的权重：大于 0 则激发，小于 0 则抑制</translation>
    </message>
    <message>
        <source>Threshold θ</source>
        <translation>阈值 θ</translation>
    </message>
    <message>
        <source>It fires where the weighted sum reaches it</source>
        <translation>加权和达到它时，单元激活</translation>
    </message>
    <message>
        <source>Weights and bias</source>
        <translation>权重和偏置</translation>
    </message>
    <message>
        <source>Settings of the neuron</source>
        <translation>神经元的各项设置</translation>
    </message>
    <message>
        <source>The bias: minus the threshold, θ = −b</source>
        <translation>偏置：阈值取负，θ = −b</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Bias b</source>
        <translation>偏置 b</translation>
    </message>
    <message>
        <source>1 where z ≥ 0, else 0: all or nothing</source>
        <translation>z ≥ 0 时为 1，否则为 0：全或无</translation>
    </message>
    <message>
        <source>It jumped, which no derivative predicts.</source>
        <translation>发生了跳变：没有导数能预示它。</translation>
    </message>
    <message>
        <source>The threshold is McCulloch and Pitts&apos; (1943): there, inputs count alike and one inhibitory input is a veto. Weights of any size, and a rule that learns them without a slope, are Rosenblatt&apos;s perceptron (1958).</source>
        <translation>阈值来自麦卡洛克与皮茨（1943）：他们的单元里，各输入权重相同，任一抑制性输入即可一票否决。任意大小的权重，以及无需斜率就能学习权重的规则，属于罗森布拉特的感知机（1958）。</translation>
    </message>
    <message>
        <source>It fires gradually and has a slope, so the cross-entropy has a gradient to descend.</source>
        <translation>它逐渐激活，有斜率，因此交叉熵有梯度可以下降。</translation>
    </message>
    <message>
        <source>Goes gradually from −1 to 1, with a slope, so the cross-entropy of (1 + y)/2 has a gradient to descend.</source>
        <translation>从 −1 到 1 逐渐激活，有斜率：(1 + y)/2 的交叉熵有梯度可以下降。</translation>
    </message>
    <message>
        <source>Between 0 and 1, a half at z = 0: 1/(1+e⁻ᶻ)</source>
        <translation>介于 0 和 1 之间，z = 0 时为一半：1/(1+e⁻ᶻ)</translation>
    </message>
    <message>
        <source>Between −1 and 1, 0 at z = 0</source>
        <translation>介于 −1 和 1 之间，z = 0 时为 0</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Δy/Δ{name} = {measured}, derivative ∂y/∂{name} = {derivative}</source>
        <translation>Δy/Δ{name} = {measured}，导数 ∂y/∂{name} = {derivative}</translation>
    </message>
    <message>
        <source>The step is flat: no slope says which way to go.</source>
        <translation>阶跃函数在这里是平的：没有斜率指明该往哪边走。</translation>
    </message>
    <message>
        <source>fires where</source>
        <translation>激活条件：</translation>
    </message>
</context>
<context>
    <name>CopyButton</name>
    <message>
        <source>Copy or save this plot, as a picture or as numbers</source>
        <translation>把这张图复制或保存为图片或数字</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Copy numbers (CSV)</source>
        <translation>复制数字（CSV）</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>保存图片…</translation>
    </message>
    <message>
        <source>Save drawing (SVG)…</source>
        <translation>保存图形 (SVG)…</translation>
    </message>
    <message>
        <source>Save numbers (CSV)…</source>
        <translation>保存数字（CSV）…</translation>
    </message>
    <message>
        <source>Copy or save {plot}</source>
        <translation>复制或保存{plot}</translation>
    </message>
    <message>
        <source>the folder isn&apos;t writable</source>
        <translation>该文件夹无法写入</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>保存图片</translation>
    </message>
    <message>
        <source>Save drawing</source>
        <translation>保存图形</translation>
    </message>
    <message>
        <source>Save numbers</source>
        <translation>保存数字</translation>
    </message>
</context>
<context>
    <name>Course</name>
    <message>
        <source>Train both</source>
        <translation>训练两个</translation>
    </message>
    <message>
        <source>Train all</source>
        <translation>全部训练</translation>
    </message>
    <message>
        <source>Train every network for the same number of steps</source>
        <translation>所有网络训练相同的步数</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop training</source>
        <translation>停止训练</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Play the steps one after another, or pause</source>
        <translation>逐步播放，或暂停</translation>
    </message>
    <message>
        <source>{share} % trained</source>
        <translation>已训练 {share} %</translation>
    </message>
    <message>
        <source>{share} % trained, about {seconds} s left</source>
        <translation>已训练 {share} %，还剩约 {seconds} 秒</translation>
    </message>
    <message>
        <source>{seconds} s left</source>
        <translation>还剩 {seconds} 秒</translation>
    </message>
    <message>
        <source>‖δ‖ of the first hidden layer over the last · {good}: {low} to {high}</source>
        <translation>第一个与最后一个隐藏层的 ‖δ‖ 之比 · {good}：{low} 到 {high}</translation>
    </message>
    <message>
        <source>how far the weights move in a step; with SGD at most η times the clipping bound</source>
        <translation>一步之中权重移动多远；用 SGD 时最多为 η 乘以裁剪值</translation>
    </message>
    <message>
        <source>mean loss of all points</source>
        <translation>所有点的平均损失</translation>
    </message>
</context>
<context>
    <name>CrossDock</name>
    <message>
        <source>Cross</source>
        <translation>交叉</translation>
    </message>
    <message>
        <source>Close; a click on a cross opens it again</source>
        <translation>关闭；点击任一交叉会再次打开</translation>
    </message>
    <message>
        <source>Close the view of the cross</source>
        <translation>关闭交叉的详情</translation>
    </message>
    <message>
        <source>{features} combinations are possible, counting “unknown” as a value of each column; {seen} of them occur in the {rows} training rows. The mark in each bar is the yes rate of all rows, {rate}.</source>
        <translation>可能的组合有 {features} 种，每列的未知值也算一个取值；其中 {seen} 种在 {rows} 个训练行的某些行中为 1。各条形上的标记是全部行中“是”的比例 {rate}。</translation>
    </message>
    <message>
        <source>They share {weights} weights through a hash.</source>
        <translation>它们经哈希共用 {weights} 个权重。</translation>
    </message>
    <message>
        <source>{features} features, {seen} of them in training rows</source>
        <translation>{features} 个特征，其中 {seen} 个出现在训练行中</translation>
    </message>
    <message>
        <source>{features} features</source>
        <translation>{features} 个特征</translation>
    </message>
</context>
<context>
    <name>CrossesPanel</name>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Remove the selected cross</source>
        <translation>移除选中的交叉</translation>
    </message>
    <message>
        <source>Columns to cross</source>
        <translation>要交叉的列</translation>
    </message>
    <message>
        <source>Crosses</source>
        <translation>交叉</translation>
    </message>
    <message>
        <source>Cross the ticked columns</source>
        <translation>把勾选的列交叉</translation>
    </message>
    <message>
        <source>Tick two to {most} columns.</source>
        <translation>请勾选 2 到 {most} 列。</translation>
    </message>
    <message>
        <source>The ticked columns are crossed already. Tick others.</source>
        <translation>勾选的列已经有交叉了。请勾选其他列。</translation>
    </message>
    <message>
        <source>{count} new features</source>
        <translation>{count} 个新特征</translation>
    </message>
    <message>
        <source>{count} {count:cross|crosses}</source>
        <translation>{count} 个交叉</translation>
    </message>
    <message>
        <source>{crosses} {crosses:cross makes|crosses make} {features} new {features:feature|features}</source>
        <translation>{crosses} 个交叉产生 {features} 个新特征</translation>
    </message>
    <message>
        <source>Tick columns, then Add: each combination of their values becomes a feature</source>
        <translation>勾选若干列，再点“添加”：这些列取值的每一种组合都会成为一个单独的特征</translation>
    </message>
    <message>
        <source>Select a cross to see what it does with the data</source>
        <translation>选择一个交叉，看它由数据得出什么</translation>
    </message>
    <message>
        <source>Use the ticked columns for the selected cross</source>
        <translation>让选中的交叉改用勾选的列</translation>
    </message>
    <message>
        <source>The network has no end block to add a wide part to.</source>
        <translation>网络没有可以接入宽部分的输出端。</translation>
    </message>
    <message>
        <source>No crosses: the wide part has only single values.</source>
        <translation>没有交叉：宽部分只有单个取值。</translation>
    </message>
    <message>
        <source>Add cross</source>
        <translation>添加交叉</translation>
    </message>
    <message>
        <source>Remove cross</source>
        <translation>移除交叉</translation>
    </message>
    <message>
        <source>Change cross</source>
        <translation>改变交叉</translation>
    </message>
</context>
<context>
    <name>CursorInput</name>
    <message>
        <source>Drag it, or press ← and →. Shift is finer, Ctrl coarser.</source>
        <translation>拖动它，或按 ← 和 →；按住 Shift 更精细，按住 Ctrl 更粗略。</translation>
    </message>
    <message>
        <source>The wheel, + and − zoom; Shift-drag moves the axis.</source>
        <translation>滚轮、+ 和 − 缩放；按住 Shift 拖动可平移坐标轴。</translation>
    </message>
</context>
<context>
    <name>CursorTable</name>
    <message>
        <source>y = f(x)</source>
        <translation>y = f(x)</translation>
    </message>
    <message>
        <source>slope, by rule</source>
        <translation>斜率（按规则）</translation>
    </message>
    <message>
        <source>f′(x)</source>
        <translation>f′(x)</translation>
    </message>
    <message>
        <source>Every function at the cursor</source>
        <translation>光标处的各个函数</translation>
    </message>
    <message>
        <source>Where does this number come from?</source>
        <translation>这个数从哪里来？</translation>
    </message>
</context>
<context>
    <name>CurvePlot</name>
    <message>
        <source>Drag along the curve: the input follows, and so does everything else</source>
        <translation>沿曲线拖动：输入随之变化，其他一切也跟着变化</translation>
    </message>
    <message>
        <source>{name} = {x}; the result is not yet known</source>
        <translation>{name} = {x}；结果尚未知</translation>
    </message>
    <message>
        <source>{name} = {x}, {result} = {y}</source>
        <translation>{name} = {x}，{result} = {y}</translation>
    </message>
</context>
<context>
    <name>DataNotice</name>
    <message>
        <source>Find the file…</source>
        <translation>查找文件…</translation>
    </message>
    <message>
        <source>Judge on the new rows</source>
        <translation>用新增的行评判</translation>
    </message>
    <message>
        <source>Locate the file that this network was trained on</source>
        <translation>指出训练本网络所用的文件在哪里</translation>
    </message>
    <message>
        <source>How good the network is on rows added since, which it hasn&apos;t seen</source>
        <translation>网络在此后新增、它未见过的行上表现如何</translation>
    </message>
    <message>
        <source>As it is now</source>
        <translation>文件现状</translation>
    </message>
    <message>
        <source>{count} {count:remark|remarks}</source>
        <translation>{count} 条说明</translation>
    </message>
    <message>
        <source>Find the data</source>
        <translation>查找数据</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Computing …</source>
        <translation>正在计算……</translation>
    </message>
    <message>
        <source>On {count} added {count:row|rows}:</source>
        <translation>在新增的 {count} 行上：</translation>
    </message>
    <message>
        <source>On {count} {count:row|rows}, new or changed since training:</source>
        <translation>在训练之后新增或修改的 {count} 行上：</translation>
    </message>
    <message>
        <source>this network</source>
        <translation>本网络</translation>
    </message>
    <message>
        <source>{measure}: {values}</source>
        <translation>{measure}：{values}</translation>
    </message>
    <message>
        <source>In the whole file:</source>
        <translation>就整个文件而言：</translation>
    </message>
    <message>
        <source>–: the AUC needs rows of both outcomes.</source>
        <translation>–：AUC 需要两种结果的行都有。</translation>
    </message>
    <message>
        <source>No ±: a standard error needs rows whose figures differ.</source>
        <translation>没有 ±：标准误差需要数值不同的行。</translation>
    </message>
</context>
<context>
    <name>DataPanel</name>
    <message>
        <source>Any CSV or Parquet file becomes the data set: choose it, or drop it on the window</source>
        <translation>任何 CSV 或 Parquet 文件都可以作为数据集：选择文件，或把它拖到窗口上</translation>
    </message>
    <message>
        <source>Draw points</source>
        <translation>画数据点</translation>
    </message>
    <message>
        <source>More…</source>
        <translation>更多…</translation>
    </message>
    <message>
        <source>Your own table…</source>
        <translation>你自己的表格…</translation>
    </message>
    <message>
        <source>Loading data</source>
        <translation>正在加载数据</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>How far points stray from the clean shape</source>
        <translation>数据点偏离理想形状的程度</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>How many points the toy set has</source>
        <translation>合成数据集的点数</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本数</translation>
    </message>
    <message>
        <source>Standardise numbers</source>
        <translation>数值标准化</translation>
    </message>
    <message>
        <source>Mean 0 and deviation 1, measured on the training rows. Off, the numbers are the file&apos;s own</source>
        <translation>均值 0、标准差 1，按训练行计算。关闭时使用文件中的原始数值</translation>
    </message>
    <message>
        <source>Change standardising</source>
        <translation>更改标准化</translation>
    </message>
    <message>
        <source>Leave outliers out</source>
        <translation>去掉离群值</translation>
    </message>
    <message>
        <source>Rows with values far from all others, which can rule the loss</source>
        <translation>其中有数值远离其他所有值的行，它们可能左右损失</translation>
    </message>
    <message>
        <source>Change outliers</source>
        <translation>更改离群值</translation>
    </message>
    <message>
        <source>Only generated data sets have settings for noise and number of samples</source>
        <translation>只有合成数据集才能选择噪声和样本数</translation>
    </message>
    <message>
        <source>Split into train and test again</source>
        <translation>重新划分训练集和测试集</translation>
    </message>
    <message>
        <source>The points are drawn from seed {seed}.</source>
        <translation>这些点由种子 {seed} 抽出。</translation>
    </message>
    <message>
        <source>Drawn points</source>
        <translation>画的点</translation>
    </message>
    <message>
        <source>More data sets</source>
        <translation>更多数据集</translation>
    </message>
    <message>
        <source>{count} {count:row|rows}</source>
        <translation>{count} 行</translation>
    </message>
    <message>
        <source>{count} {count:point|points}</source>
        <translation>{count} 个点</translation>
    </message>
    <message>
        <source>noise {noise} %</source>
        <translation>噪声 {noise} %</translation>
    </message>
    <message>
        <source>no noise</source>
        <translation>无噪声</translation>
    </message>
    <message>
        <source>{share} % train</source>
        <translation>{share} % 用于训练</translation>
    </message>
    <message>
        <source>Change noise</source>
        <translation>改变噪声</translation>
    </message>
    <message>
        <source>More toy and real data sets, your own table, or points you draw</source>
        <translation>更多玩具数据集和真实数据集、你自己的表格，或你画的点</translation>
    </message>
    <message>
        <source>Draw your own data set with the mouse</source>
        <translation>在图中用鼠标画一个你自己的数据集</translation>
    </message>
    <message>
        <source>Stop loading and keep the current data</source>
        <translation>停止加载，保留现有数据</translation>
    </message>
    <message>
        <source>Share of the rows used for training; the others test what was learnt</source>
        <translation>用于训练的行所占比例；其余的行用来检验学到了什么</translation>
    </message>
    <message>
        <source>Change train share</source>
        <translation>改变训练占比</translation>
    </message>
    <message>
        <source>Change samples</source>
        <translation>改变样本数</translation>
    </message>
    <message>
        <source>Choose {data}</source>
        <translation>选择{data}</translation>
    </message>
    <message>
        <source>New points</source>
        <translation>换一批点</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt *.data *.parquet *.pq);;All files (*)</source>
        <translation>表格 (*.csv *.tsv *.txt *.data *.parquet *.pq);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Choose a data file</source>
        <translation>选择数据文件</translation>
    </message>
    <message>
        <source>New points from another seed</source>
        <translation>用另一个种子生成新的点</translation>
    </message>
    <message>
        <source>{title} · {train} train, {test} test</source>
        <translation>{title} · 训 {train} 测 {test}</translation>
    </message>
</context>
<context>
    <name>DataRoles</name>
    <message>
        <source>user</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>item</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>rating</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>seconds watched</source>
        <translation>观看秒数</translation>
    </message>
    <message>
        <source>id of the item</source>
        <translation>物品编号</translation>
    </message>
    <message>
        <source>title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>genres</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>known of the item</source>
        <translation>物品的已知信息</translation>
    </message>
    <message>
        <source>label: to be predicted</source>
        <translation>标签：要预测的</translation>
    </message>
    <message>
        <source>category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>several names</source>
        <translation>多个名称</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>略去</translation>
    </message>
    <message>
        <source>numbers</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>times</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>texts</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>真或假</translation>
    </message>
    <message>
        <source>neither numbers nor texts</source>
        <translation>既非数字也非文本</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} 到 {high}</translation>
    </message>
</context>
<context>
    <name>DataSection</name>
    <message>
        <source>Looking at the data</source>
        <translation>查看数据</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>Stopping …</source>
        <translation>正在停止……</translation>
    </message>
    <message>
        <source>&amp;Look again</source>
        <translation>重新查看(&amp;L)</translation>
    </message>
    <message>
        <source>Examining every row of the data …</source>
        <translation>正在查看数据的每一行……</translation>
    </message>
    <message>
        <source>Stop examining; the run continues</source>
        <translation>停止查看；运行继续</translation>
    </message>
    <message>
        <source>The data was only partly examined.</source>
        <translation>数据只查看了一部分。</translation>
    </message>
    <message>
        <source>Examine the data from the beginning</source>
        <translation>从头查看数据</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>Held out</source>
        <translation>留出</translation>
    </message>
    <message>
        <source>An event of each user, at random</source>
        <translation>每位用户的一次事件，随机抽取</translation>
    </message>
    <message>
        <source>Users&apos; last events</source>
        <translation>用户的最后一次事件</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
</context>
<context>
    <name>DataTile</name>
    <message>
        <source>Train {model} on it</source>
        <translation>在它上面训练 {model}</translation>
    </message>
</context>
<context>
    <name>DataTiles</name>
    <message>
        <source>48,842 people</source>
        <translation>48,842 人</translation>
    </message>
    <message>
        <source>100,004 ratings</source>
        <translation>100,004 个评分</translation>
    </message>
    <message>
        <source>{count} impressions</source>
        <translation>{count} 次展示</translation>
    </message>
    <message>
        <source>{count} watches</source>
        <translation>{count} 次观看</translation>
    </message>
    <message>
        <source>generated · no terms</source>
        <translation>生成的数据 · 无使用条款</translation>
    </message>
    <message>
        <source>research only · GroupLens</source>
        <translation>仅供研究 · GroupLens</translation>
    </message>
    <message>
        <source>drop a file, or choose…</source>
        <translation>拖入文件，或选择……</translation>
    </message>
    <message>
        <source>CSV, Parquet, zip</source>
        <translation>CSV、Parquet、zip</translation>
    </message>
    <message>
        <source>A log of who watched what is learned from by YoutubeDNN, a table with a column to predict by Wide &amp; Deep. Its head is looked at first, and what its columns are taken for is said before anything is trained.</source>
        <translation>谁看了什么的日志由 YoutubeDNN 学习，带有待预测列的表由 Wide &amp; Deep 学习。先查看它的开头，并在训练之前说明各列被当作什么。</translation>
    </message>
    <message>
        <source>Your own table or log</source>
        <translation>你自己的表或日志</translation>
    </message>
</context>
<context>
    <name>DecisionView</name>
    <message>
        <source>Decision boundary</source>
        <translation>决策边界</translation>
    </message>
    <message>
        <source>The network&apos;s output over the plane. Click a point to see its loss; double-click to play its pass</source>
        <translation>网络在平面上的回答；点击一个点查看其损失，双击播放它的传播</translation>
    </message>
    <message>
        <source>Points further from the slice are fainter.</source>
        <translation>点离切面越远，颜色越淡。</translation>
    </message>
    <message>
        <source>output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Sample {row}: {values}</source>
        <translation>样本 {row}：{values}</translation>
    </message>
</context>
<context>
    <name>DeviceChip</name>
    <message>
        <source>CPU · {threads}</source>
        <translation>CPU · {threads}</translation>
    </message>
    <message>
        <source>Runs are trained on: {device}</source>
        <translation>运行在此训练：{device}</translation>
    </message>
    <message>
        <source>torch found no usable GPU, so runs are trained on the CPU. OMP_NUM_THREADS sets the number of threads; one is fastest if the processor is busy with other work.</source>
        <translation>没有找到 torch 可用的 GPU：运行在 CPU 上训练。OMP_NUM_THREADS 决定使用多少线程；处理器还有别的工作时，一个最快。</translation>
    </message>
    <message>
        <source>What the next run is trained on</source>
        <translation>下一次运行在何处训练</translation>
    </message>
    <message>
        <source>{count} {count:thread|threads}</source>
        <translation>{count} 个线程</translation>
    </message>
</context>
<context>
    <name>DeviceRow</name>
    <message>
        <source>GPU, or CPU when there is none</source>
        <translation>GPU，没有时用 CPU</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>The device used when this run resumes; on another device its numbers differ in the last digits</source>
        <translation>本次运行继续时使用的设备；换一个设备，数字的末几位会不同</translation>
    </message>
    <message>
        <source>When resumed, this run uses:</source>
        <translation>本次运行继续时使用：</translation>
    </message>
    <message>
        <source>New runs train on the device shown at the top.</source>
        <translation>新的运行在顶部标签所示的设备上训练。</translation>
    </message>
    <message>
        <source>Device of this run</source>
        <translation>本次运行的设备</translation>
    </message>
    <message>
        <source>This run cannot change its device while it trains.</source>
        <translation>本次运行在训练时不能更换设备。</translation>
    </message>
</context>
<context>
    <name>Diagrams</name>
    <message>
        <source>Crosses of columns on the left and a tower of dense layers on the right join in one sigmoid</source>
        <translation>左边的列交叉与右边的稠密层塔汇入一个 sigmoid</translation>
    </message>
    <message>
        <source>wide</source>
        <translation>宽</translation>
    </message>
    <message>
        <source> memorises</source>
        <translation>记忆</translation>
    </message>
    <message>
        <source>deep</source>
        <translation>深</translation>
    </message>
    <message>
        <source> generalises</source>
        <translation>泛化</translation>
    </message>
    <message>
        <source>crosses, such as Masters × Exec-managerial</source>
        <translation>交叉，例如 Masters × Exec-managerial</translation>
    </message>
    <message>
        <source>every word as a dense vector</source>
        <translation>每个词都是一个稠密向量</translation>
    </message>
    <message>
        <source>nearest to u</source>
        <translation>最接近 u</translation>
    </message>
    <message>
        <source>watch time</source>
        <translation>观看时长</translation>
    </message>
    <message>
        <source>millions</source>
        <translation>数百万</translation>
    </message>
    <message>
        <source> in the catalogue</source>
        <translation>件目录物品</translation>
    </message>
    <message>
        <source>hundreds</source>
        <translation>数百</translation>
    </message>
    <message>
        <source> of candidates</source>
        <translation>个候选</translation>
    </message>
    <message>
        <source>dozens</source>
        <translation>数十</translation>
    </message>
    <message>
        <source> shown</source>
        <translation>件得到展示</translation>
    </message>
    <message>
        <source>Millions of items are narrowed down to hundreds of candidates, then to dozens that are shown</source>
        <translation>数百万件物品收窄为数百个候选，再到展示的数十件</translation>
    </message>
</context>
<context>
    <name>Dock</name>
    <message>
        <source>Views of the neuron</source>
        <translation>神经元的视图</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>为什么</translation>
    </message>
    <message>
        <source>All settings</source>
        <translation>所有设置</translation>
    </message>
    <message>
        <source>Train it</source>
        <translation>训练它</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>大纲</translation>
    </message>
    <message>
        <source>Why no point does it</source>
        <translation>为什么没有点能分开</translation>
    </message>
    <message>
        <source>Why no line does it</source>
        <translation>为什么没有直线能分开</translation>
    </message>
    <message>
        <source>Why no plane does it</source>
        <translation>为什么没有平面能分开</translation>
    </message>
    <message>
        <source>Why one point does it</source>
        <translation>为什么一个点就能分开</translation>
    </message>
    <message>
        <source>Why one line does it</source>
        <translation>为什么一条直线就能分开</translation>
    </message>
    <message>
        <source>Why one plane does it</source>
        <translation>为什么一个平面就能分开</translation>
    </message>
    <message>
        <source>This gives the rows&apos; results away. Guess them first, or switch off “Predict first”.</source>
        <translation>这里会透露各行的结果。请先猜，或关闭“先预测”。</translation>
    </message>
</context>
<context>
    <name>DoctorPanel</name>
    <message>
        <source>What the doctor tried</source>
        <translation>诊断试过的对策</translation>
    </message>
    <message>
        <source>Trying the next cure on a copy … {share} % done</source>
        <translation>正在副本上试验下一种对策……已完成 {share} %</translation>
    </message>
    <message>
        <source>Hidden until you guess.</source>
        <translation>猜测之前隐藏。</translation>
    </message>
    <message>
        <source>Nothing has been tried yet.</source>
        <translation>还没有试验过任何对策。</translation>
    </message>
</context>
<context>
    <name>Document</name>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>Choose data</source>
        <translation>选择数据</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>New seed</source>
        <translation>新种子</translation>
    </message>
    <message>
        <source>Go to epoch {epoch}</source>
        <translation>到第 {epoch} 轮</translation>
    </message>
    <message>
        <source>Set {name} of {block}</source>
        <translation>设置 {block} 的 {name}</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>DraftEdits</name>
    <message>
        <source>Leave out {feature}</source>
        <translation>去掉“{feature}”</translation>
    </message>
    <message>
        <source>Take in {feature}</source>
        <translation>加入“{feature}”</translation>
    </message>
    <message>
        <source>{run} · two dimensions</source>
        <translation>{run} · 二维</translation>
    </message>
    <message>
        <source>{run} · with {feature}</source>
        <translation>{run} · 含 {feature}</translation>
    </message>
    <message>
        <source>{run} · without {feature}</source>
        <translation>{run} · 不含 {feature}</translation>
    </message>
</context>
<context>
    <name>DrawBar</name>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Stop drawing</source>
        <translation>结束绘制</translation>
    </message>
    <message>
        <source>Clear the sheet and draw again</source>
        <translation>清空画板，重新画</translation>
    </message>
    <message>
        <source>The sheet is empty</source>
        <translation>画板上没有可擦除的内容</translation>
    </message>
    <message>
        <source>Drag to draw points; drag with the right button to erase them.</source>
        <translation>拖动画点，按右键拖动擦除。</translation>
    </message>
    <message>
        <source>Draw at least four points of two classes to make them the data set.</source>
        <translation>至少画四个点，且分属两类；之后它们就成为数据集。</translation>
    </message>
    <message>
        <source>class {number}</source>
        <translation>类别 {number}</translation>
    </message>
    <message>
        <source>Draw points of {name}</source>
        <translation>画“{name}”的点</translation>
    </message>
</context>
<context>
    <name>Drawing</name>
    <message>
        <source>number</source>
        <translation>数</translation>
    </message>
    <message>
        <source>value</source>
        <translation>值</translation>
    </message>
</context>
<context>
    <name>DrawingPad</name>
    <message>
        <source>Drawing pad</source>
        <translation>画板</translation>
    </message>
    <message>
        <source>Arrow keys move the pen, Space lowers or lifts it, Backspace removes the last stroke.</source>
        <translation>方向键移动画笔，空格键落笔和提笔，退格键去掉最后一笔。</translation>
    </message>
    <message>
        <source>Draw with the mouse or a pen. With the keyboard: arrows move the pen, Space lowers or lifts it, Backspace removes the last stroke, Delete clears.</source>
        <translation>用鼠标或手写笔绘制。用键盘时：方向键移动画笔，空格键落笔和提笔，退格键去掉最后一笔，Delete 键清空。</translation>
    </message>
</context>
<context>
    <name>DropLight</name>
    <message>
        <source>Drop it to learn from it</source>
        <translation>松开即可用它训练</translation>
    </message>
    <message>
        <source>Its first rows are read; nothing is trained before you agree.</source>
        <translation>先读取它的前几行；在你同意之前不会训练。</translation>
    </message>
</context>
<context>
    <name>Durations</name>
    <message>
        <source>&lt;1 s</source>
        <translation>&lt;1 秒</translation>
    </message>
    <message>
        <source>{s} s</source>
        <translation>{s} 秒</translation>
    </message>
    <message>
        <source>{min} min {s} s</source>
        <translation>{min} 分 {s} 秒</translation>
    </message>
    <message>
        <source>{h} h {min} min</source>
        <translation>{h} 小时 {min} 分</translation>
    </message>
    <message>
        <source>{h} h</source>
        <translation>{h} 小时</translation>
    </message>
</context>
<context>
    <name>EdgeEditor</name>
    <message>
        <source>Weight of the selected edge</source>
        <translation>选中连接的权重</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Type a value, or change it with the wheel or the arrow keys. Undo restores it.</source>
        <translation>输入数值，或用滚轮、方向键调节；撤销可恢复原值。</translation>
    </message>
</context>
<context>
    <name>EdgeHints</name>
    <message>
        <source>to the left</source>
        <translation>在左边</translation>
    </message>
    <message>
        <source>to the right</source>
        <translation>在右边</translation>
    </message>
    <message>
        <source>above</source>
        <translation>在上方</translation>
    </message>
    <message>
        <source>below</source>
        <translation>在下方</translation>
    </message>
    <message>
        <source>{count} more</source>
        <translation>另外 {count} 个</translation>
    </message>
    <message>
        <source>{count} nodes are out of view {side}: show them</source>
        <translation>{count} 个节点{side}视野之外：去那里看看</translation>
    </message>
    <message>
        <source>1 node is out of view {side}: show it</source>
        <translation>1 个节点{side}视野之外：去那里看看</translation>
    </message>
</context>
<context>
    <name>EditField</name>
    <message>
        <source>A number; in training from {low} to {high}</source>
        <translation>一个数字；训练中从 {low} 到 {high}</translation>
    </message>
    <message>
        <source>Names with | between them</source>
        <translation>名称之间用 | 分隔</translation>
    </message>
    <message>
        <source>Choose a value, or type part of one; values that didn&apos;t occur in training count as unknown</source>
        <translation>选一个值，或输入它的一部分；训练中没有的值算作未知</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>{column}, unknown</source>
        <translation>{column}，未知</translation>
    </message>
</context>
<context>
    <name>EffectList</name>
    <message>
        <source>How each activation does on the layer&apos;s z</source>
        <translation>该层的 z 对各激活函数意味着什么</translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message>
        <source>pre-activation</source>
        <translation>预激活值</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>gradient</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>weight update</source>
        <translation>权重更新</translation>
    </message>
    <message>
        <source>output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Feeds chosen columns of the data set into the network.</source>
        <translation>把数据集中选定的列输入网络。</translation>
    </message>
    <message>
        <source>Dense</source>
        <translation>全连接</translation>
    </message>
    <message>
        <source>Every unit weighs every input: z = W a + b, then the activation.</source>
        <translation>每个单元对所有输入加权：z = W a + b，再经激活函数。</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>激活</translation>
    </message>
    <message>
        <source>Applies a function to each unit: a = f(z).</source>
        <translation>对每个单元施加一个函数：a = f(z)。</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>相加</translation>
    </message>
    <message>
        <source>Sums its inputs unit by unit; a skip connection ends here.</source>
        <translation>把各输入逐单元相加；跳跃连接在此汇合。</translation>
    </message>
    <message>
        <source>Concat</source>
        <translation>拼接</translation>
    </message>
    <message>
        <source>Puts its inputs side by side; nothing is mixed or lost.</source>
        <translation>把各输入并排拼接；不混合也不丢失。</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>随机失活</translation>
    </message>
    <message>
        <source>Layer norm</source>
        <translation>层归一化</translation>
    </message>
    <message>
        <source>Brings each sample&apos;s units to mean 0 and variance 1, then scales and shifts them.</source>
        <translation>把每个样本的各单元标准化为均值 0、方差 1，再缩放和平移。</translation>
    </message>
    <message>
        <source>Batch norm</source>
        <translation>批归一化</translation>
    </message>
    <message>
        <source>Brings each unit to mean 0 and variance 1 over the batch, then scales and shifts it.</source>
        <translation>把每个单元在批次内标准化为均值 0、方差 1，再缩放和平移。</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Turns the last layer into predictions and measures the loss.</source>
        <translation>把最后一层变成预测，并计算损失。</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Feeds in one id per row, such as a country; unknown ones share a bucket.</source>
        <translation>每行输入一个编号，如国家；不认识的编号共用一个桶。</translation>
    </message>
    <message>
        <source>Bag of ids</source>
        <translation>编号袋</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Feeds in columns of numbers as they are.</source>
        <translation>把数值列原样输入。</translation>
    </message>
    <message>
        <source>Transform</source>
        <translation>变换</translation>
    </message>
    <message>
        <source>Cross φ</source>
        <translation>交叉特征 φ</translation>
    </message>
    <message>
        <source>Gives every combination of the chosen categories a feature of its own.</source>
        <translation>给所选类别的每种组合各设一个特征。</translation>
    </message>
    <message>
        <source>Embedding</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>Pooled</source>
        <translation>池化</translation>
    </message>
    <message>
        <source>Sparse linear</source>
        <translation>稀疏线性</translation>
    </message>
    <message>
        <source>Joint logit</source>
        <translation>联合 logit</translation>
    </message>
    <message>
        <source>petal length (cm)</source>
        <translation>花瓣长度 (cm)</translation>
    </message>
    <message>
        <source>petal width (cm)</source>
        <translation>花瓣宽度 (cm)</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>它是文件夹</translation>
    </message>
    <message>
        <source>it is a pipe and no file</source>
        <translation>它是管道，不是文件</translation>
    </message>
    <message>
        <source>it is a socket and no file</source>
        <translation>它是套接字，不是文件</translation>
    </message>
    <message>
        <source>it is a device and no file</source>
        <translation>它是设备，不是文件</translation>
    </message>
    <message>
        <source>no file can have such a name</source>
        <translation>文件不能用这样的名称</translation>
    </message>
    <message>
        <source>File exists</source>
        <translation>那里已有文件</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>文件名过长</translation>
    </message>
    <message>
        <source>File too large</source>
        <translation>文件过大</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>输入输出错误</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>它是文件夹</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>磁盘空间不足</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>文件或文件夹不存在</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>路径中有一处不是文件夹</translation>
    </message>
    <message>
        <source>Operation not permitted</source>
        <translation>不允许该操作</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>没有权限</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>文件系统是只读的</translation>
    </message>
    <message>
        <source>Too many levels of symbolic links</source>
        <translation>符号链接的层数过多</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>它是空的</translation>
    </message>
    <message>
        <source>it has bytes that no text has</source>
        <translation>其中含有非文本字节</translation>
    </message>
    <message>
        <source>it is JSON, but holds no names with values</source>
        <translation>它虽是 JSON，但不是由名称和值组成的对象</translation>
    </message>
    <message>
        <source>it is nested too deeply</source>
        <translation>它嵌套过深</translation>
    </message>
    <message>
        <source>it isn&apos;t a valid INI file</source>
        <translation>它不是有效的 INI 文件</translation>
    </message>
    <message>
        <source>This command</source>
        <translation>这条命令</translation>
    </message>
    <message>
        <source>A recommender</source>
        <translation>推荐模型</translation>
    </message>
    <message>
        <source>negative</source>
        <translation>负类</translation>
    </message>
    <message>
        <source>positive</source>
        <translation>正类</translation>
    </message>
    <message>
        <source>reading it would end the program</source>
        <translation>读取它会使程序终止</translation>
    </message>
    <message>
        <source>its data can&apos;t be decoded</source>
        <translation>其数据无法解码</translation>
    </message>
    <message>
        <source>an ONNX model</source>
        <translation>ONNX 模型</translation>
    </message>
    <message>
        <source>weights in a safetensors file</source>
        <translation>safetensors 权重文件</translation>
    </message>
    <message>
        <source>a workbook</source>
        <translation>电子表格工作簿</translation>
    </message>
    <message>
        <source>a zip archive</source>
        <translation>zip 压缩包</translation>
    </message>
    <message>
        <source>a gzip archive</source>
        <translation>gzip 压缩包</translation>
    </message>
    <message>
        <source>a Parquet table</source>
        <translation>Parquet 表格</translation>
    </message>
    <message>
        <source>a PDF</source>
        <translation>PDF 文件</translation>
    </message>
    <message>
        <source>a NumPy array</source>
        <translation>NumPy 数组</translation>
    </message>
    <message>
        <source>a picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>a text in UTF-16</source>
        <translation>UTF-16 文本</translation>
    </message>
    <message>
        <source>an empty file</source>
        <translation>空文件</translation>
    </message>
    <message>
        <source>a binary file</source>
        <translation>二进制文件</translation>
    </message>
    <message>
        <source>a table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>a text file</source>
        <translation>文本文件</translation>
    </message>
    <message>
        <source>Activations</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>Graph</source>
        <translation>计算图</translation>
    </message>
    <message>
        <source>Playground</source>
        <translation>游乐场</translation>
    </message>
    <message>
        <source>Neuron</source>
        <translation>神经元</translation>
    </message>
    <message>
        <source>Watch history</source>
        <translation>观看历史</translation>
    </message>
    <message>
        <source>Mean of watch history</source>
        <translation>观看历史的均值</translation>
    </message>
    <message>
        <source>Latest watches</source>
        <translation>最近观看</translation>
    </message>
    <message>
        <source>Mean of latest watches</source>
        <translation>最近观看的均值</translation>
    </message>
    <message>
        <source>Searches</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Mean of searches</source>
        <translation>搜索的均值</translation>
    </message>
    <message>
        <source>Example age</source>
        <translation>样本年龄</translation>
    </message>
    <message>
        <source>Tower</source>
        <translation>塔</translation>
    </message>
    <message>
        <source>Next watch</source>
        <translation>下一次观看</translation>
    </message>
    <message>
        <source>Impression</source>
        <translation>展示</translation>
    </message>
    <message>
        <source>Impression vector</source>
        <translation>展示向量</translation>
    </message>
    <message>
        <source>Category vectors</source>
        <translation>类别向量</translation>
    </message>
    <message>
        <source>Quantiles</source>
        <translation>分位数</translation>
    </message>
    <message>
        <source>Quantiles and powers</source>
        <translation>分位数与幂</translation>
    </message>
    <message>
        <source>Expected watch time</source>
        <translation>期望观看时长</translation>
    </message>
    <message>
        <source>Crosses</source>
        <translation>交叉</translation>
    </message>
    <message>
        <source>Wide</source>
        <translation>Wide</translation>
    </message>
    <message>
        <source>Embeddings</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>Deep</source>
        <translation>Deep</translation>
    </message>
    <message>
        <source>Deep logit</source>
        <translation>Deep 的 logit</translation>
    </message>
    <message>
        <source>The torch backend</source>
        <translation>torch 后端</translation>
    </message>
    <message>
        <source>A GPU</source>
        <translation>GPU </translation>
    </message>
    <message>
        <source>no files</source>
        <translation>没有文件</translation>
    </message>
    <message>
        <source>The table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>rows with an outcome</source>
        <translation>带结果的行</translation>
    </message>
    <message>
        <source>who watched what and when</source>
        <translation>谁在何时看了什么</translation>
    </message>
    <message>
        <source>what was shown to whom and for how long it was watched</source>
        <translation>给谁展示了什么、看了多久</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>L1 penalty</source>
        <translation>L1 惩罚</translation>
    </message>
    <message>
        <source>L2 penalty</source>
        <translation>L2 惩罚</translation>
    </message>
    <message>
        <source>weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>clipping bound</source>
        <translation>裁剪上限</translation>
    </message>
    <message>
        <source>scale of the start weights</source>
        <translation>初始权重的缩放</translation>
    </message>
    <message>
        <source>Go back to {moment}, before the loss rose, and learn on at the lower rate {value}.</source>
        <translation>回到{moment}（损失上升之前），从那里起用更低的学习率 {value} 继续学习。</translation>
    </message>
    <message>
        <source>Back, clip at {value}</source>
        <translation>回退，裁剪到 {value}</translation>
    </message>
    <message>
        <source>Go back to {moment}, before the loss rose, and cut every gradient from there on to {value}.</source>
        <translation>回到{moment}（损失上升之前），从那里起把每个梯度裁剪到范数 {value}。</translation>
    </message>
    <message>
        <source>Smaller start weights</source>
        <translation>更小的初始权重</translation>
    </message>
    <message>
        <source>Draw the weights of {layers} anew, smaller than they were.</source>
        <translation>重新抽取 {layers} 的权重，比原来的小。</translation>
    </message>
    <message>
        <source>L2 {value}</source>
        <translation>L2 {value}</translation>
    </message>
    <message>
        <source>An L2 penalty of {value} on all weights: only what many points ask for is worth a large weight.</source>
        <translation>对所有权重加 {value} 的 L2 惩罚：只有许多点都需要的，才值得用大权重。</translation>
    </message>
    <message>
        <source>A dropout behind {layers}: units fall silent at random, so that none can rely on another.</source>
        <translation>在 {layers} 之后加随机失活：单元会随机静默，任何单元都不能依赖另一个单元。</translation>
    </message>
    <message>
        <source>Leaky ReLU in {layers}: its slope is never zero, so units that are off can come back.</source>
        <translation>在 {layers} 中用 Leaky ReLU：它的斜率从不为零，未激活的单元可以恢复。</translation>
    </message>
    <message>
        <source>ReLU + He</source>
        <translation>ReLU + He</translation>
    </message>
    <message>
        <source>ReLU in {layers}, with weights drawn for it: it does not flatten out where z is large.</source>
        <translation>在 {layers} 中用 ReLU，并抽取与之相配的权重：z 很大时它也不会变平。</translation>
    </message>
    <message>
        <source>ReLU in {layers}, with He&apos;s start weights: it has a value and a slope everywhere.</source>
        <translation>在 {layers} 中使用 ReLU 并采用 He 初始化：它处处有值，也处处有斜率。</translation>
    </message>
    <message>
        <source>tanh at the output</source>
        <translation>输出用 tanh</translation>
    </message>
    <message>
        <source>tanh at the output: a step has no slope to learn by.</source>
        <translation>输出用 tanh：阶跃函数没有可供学习的斜率。</translation>
    </message>
    <message>
        <source>ReLU in {layers}, with He&apos;s start weights: its slope is 1 where a unit is on.</source>
        <translation>在 {layers} 中用 ReLU，配 He 初始权重：单元激活时斜率为 1。</translation>
    </message>
    <message>
        <source>Leaky ReLU + He</source>
        <translation>Leaky ReLU + He</translation>
    </message>
    <message>
        <source>Leaky ReLU in {layers}, with He&apos;s start weights: its slope is never zero.</source>
        <translation>在 {layers} 中用 Leaky ReLU，配 He 初始权重：斜率从不为零。</translation>
    </message>
    <message>
        <source>tanh + Xavier</source>
        <translation>tanh + Xavier</translation>
    </message>
    <message>
        <source>tanh in {layers}, with Xavier&apos;s start weights: its slope is up to four times as steep.</source>
        <translation>在 {layers} 中用 tanh，配 Xavier 初始权重：斜率最大可达原来的四倍。</translation>
    </message>
    <message>
        <source>tanh in {layers}, with Xavier&apos;s start weights: its bend lets the boundary curve.</source>
        <translation>{layers}改用 tanh，并按 Xavier 初始化：它的弯曲使边界能够弯曲。</translation>
    </message>
    <message>
        <source>ReLU in {layers}, with He&apos;s start weights: its bend lets the boundary curve.</source>
        <translation>{layers}改用 ReLU，并按 He 初始化：它的折点使边界能够弯曲。</translation>
    </message>
    <message>
        <source>Rate {value}</source>
        <translation>学习率 {value}</translation>
    </message>
    <message>
        <source>Anew, rate {value}</source>
        <translation>重新开始，学习率 {value}</translation>
    </message>
    <message>
        <source>Draw all weights anew and learn at the rate {value}: single steps were as large as the weights themselves.</source>
        <translation>重新抽取所有权重，并以学习率 {value} 学习：此前单步的更新与权重本身一样大。</translation>
    </message>
    <message>
        <source>Clip at {value}</source>
        <translation>裁剪到 {value}</translation>
    </message>
    <message>
        <source>Cut every gradient to the norm {value} at most, so that no single step is too large.</source>
        <translation>把每个梯度的范数裁剪到至多 {value}，使任何一步都不会太大。</translation>
    </message>
    <message>
        <source>Set {settings} to what is usual; the weights stay as they are.</source>
        <translation>把{settings}设为常用值；权重保持不变。</translation>
    </message>
    <message>
        <source>Usual start weights</source>
        <translation>常用初始权重</translation>
    </message>
    <message>
        <source>Back, {setting}</source>
        <translation>退回，{setting}</translation>
    </message>
    <message>
        <source>Anew, {setting}</source>
        <translation>重新开始，{setting}</translation>
    </message>
    <message>
        <source>Set {settings} to what is usual, and go back to {moment}.</source>
        <translation>把{settings}设为常用值，并回到{moment}。</translation>
    </message>
    <message>
        <source>Set {settings} to what is usual, and draw all weights anew.</source>
        <translation>把{settings}设为常用值，并重新抽取全部权重。</translation>
    </message>
    <message>
        <source>Standardise</source>
        <translation>标准化</translation>
    </message>
    <message>
        <source>Scale the table&apos;s numbers to mean 0 and deviation 1; the weights stay as they are.</source>
        <translation>把表格的数值缩放到均值 0、标准差 1；权重保持不变。</translation>
    </message>
    <message>
        <source>Leave outliers out</source>
        <translation>去掉离群值</translation>
    </message>
    <message>
        <source>Leave out the rows with values far from all others, and scale the numbers; the weights stay as they are.</source>
        <translation>去掉有数值远离其他所有值的行，并缩放数值；权重保持不变。</translation>
    </message>
    <message>
        <source>Put a layer norm behind {layers}: what goes on has mean 0 and variance 1.</source>
        <translation>在 {layers} 后面放一个层归一化：传下去的值均值为 0、方差为 1。</translation>
    </message>
    <message>
        <source>Skip connections</source>
        <translation>跳跃连接</translation>
    </message>
    <message>
        <source>Lead the signal round {layers} by an Add behind each.</source>
        <translation>在 {layers} 后面各放一个相加模块，让信号能绕过去。</translation>
    </message>
    <message>
        <source>Revive {units}</source>
        <translation>复活：{units}</translation>
    </message>
    <message>
        <source>Draw the incoming weights of {units} of {layer} anew, on for half of the training points.</source>
        <translation>重新抽取 {layer} 中死亡单元（{units}）的输入权重，使其对一半的训练点激活。</translation>
    </message>
    <message>
        <source>Re-initialise</source>
        <translation>重新初始化</translation>
    </message>
    <message>
        <source>Draw the weights of {layers} anew; the other layers keep what they have learnt.</source>
        <translation>重新抽取 {layers} 的权重；其他层保留已学到的内容。</translation>
    </message>
    <message>
        <source>Re-initialise {layer}</source>
        <translation>重新初始化 {layer}</translation>
    </message>
    <message>
        <source>Fitting start weights</source>
        <translation>合适的初始权重</translation>
    </message>
    <message>
        <source>Give {layers} the initialiser made for their activation, He&apos;s or Xavier&apos;s, and draw their weights by it.</source>
        <translation>给 {layers} 换上适合其激活函数的初始化方法（He 或 Xavier），并据此抽取权重。</translation>
    </message>
    <message>
        <source>vanishing</source>
        <translation>消失</translation>
    </message>
    <message>
        <source>Gradients vanish.</source>
        <translation>梯度消失。</translation>
    </message>
    <message>
        <source>{layer} gets {share} of the error signal of {last}.</source>
        <translation>{layer} 只得到 {last} 误差信号的 {share}。</translation>
    </message>
    <message>
        <source>From layer {layer} back, less than {vanishing} of layer {last}’s ‖δ‖ arrives; layer {first} gets {share} of it.</source>
        <translation>从第 {layer} 层往回，传到的 ‖δ‖ 不足第 {last} 层的 {vanishing} 倍；第 {first} 层得到的是它的 {share} 倍。</translation>
    </message>
    <message>
        <source>Vanishing.</source>
        <translation>梯度消失。</translation>
    </message>
    <message>
        <source>Over the training points the size ‖δ‖ of the error signal is {delta} here: next to nothing beside the error that is left, so the layer does not learn.</source>
        <translation>在训练点上，这里误差信号的大小 ‖δ‖ 只有 {delta}：与剩余的误差相比微不足道，因此这一层学不到东西。</translation>
    </message>
    <message>
        <source>Hardly any gradient reaches {layer}.</source>
        <translation>几乎没有梯度到达 {layer}。</translation>
    </message>
    <message>
        <source>‖δ‖ is {delta} there, next to nothing beside the error that is left.</source>
        <translation>那里的 ‖δ‖ 只有 {delta}，与剩余误差相比微不足道。</translation>
    </message>
    <message>
        <source>Layer {layer} gets almost no signal: ‖δ‖ is {delta}, negligible compared with the error.</source>
        <translation>第 {layer} 层几乎收不到信号：‖δ‖ 只有 {delta}，与误差相比可以忽略。</translation>
    </message>
    <message>
        <source>No error signal reaches this layer: δ is exactly 0 for every training point, so no step changes its weights.</source>
        <translation>没有误差信号到达这一层：对每个训练点，δ 都恰好为 0，因此任何一步都不会改变它的权重。</translation>
    </message>
    <message>
        <source>No gradient reaches {layer}.</source>
        <translation>梯度传不到 {layer}。</translation>
    </message>
    <message>
        <source>‖δ‖ is 0 there: the loss moves none of its weights.</source>
        <translation>那里的 ‖δ‖ 为 0：损失不会改变它的任何权重。</translation>
    </message>
    <message>
        <source>Layer {layer} gets no signal at all: ‖δ‖ is exactly 0.</source>
        <translation>第 {layer} 层完全得不到信号：‖δ‖ 恰为 0。</translation>
    </message>
    <message>
        <source>steady</source>
        <translation>稳定</translation>
    </message>
    <message>
        <source>Over the training points the size ‖δ‖ of this layer’s error signal is {value} times that of the last hidden layer; {low} to {high} is steady.</source>
        <translation>在训练点上，这一层误差信号的大小 ‖δ‖ 是最后一个隐藏层的 {value} 倍；{low} 到 {high} 之间为稳定。</translation>
    </message>
    <message>
        <source>Steady.</source>
        <translation>稳定。</translation>
    </message>
    <message>
        <source>reference</source>
        <translation>基准</translation>
    </message>
    <message>
        <source>The last hidden layer: the other layers’ error signals ‖δ‖ are measured by its own, which counts as 1. That says nothing of its health.</source>
        <translation>最后一个隐藏层：其他层的误差信号 ‖δ‖ 都以它为基准，它自己记为 1；这并不说明它本身是否健康。</translation>
    </message>
    <message>
        <source>One layer.</source>
        <translation>只有一层。</translation>
    </message>
    <message>
        <source>fading</source>
        <translation>减弱</translation>
    </message>
    <message>
        <source>Fading.</source>
        <translation>减弱。</translation>
    </message>
    <message>
        <source>growing</source>
        <translation>增强</translation>
    </message>
    <message>
        <source>Over the training points the size ‖δ‖ of this layer’s error signal is {value} times that of the last hidden layer: larger, but not out of hand. Above {exploding} it explodes.</source>
        <translation>在训练点上，这一层误差信号的大小 ‖δ‖ 是最后一个隐藏层的 {value} 倍：变大了，但尚未失控；超过 {exploding} 即为爆炸。</translation>
    </message>
    <message>
        <source>Growing.</source>
        <translation>增强。</translation>
    </message>
    <message>
        <source>exploding</source>
        <translation>爆炸</translation>
    </message>
    <message>
        <source>Gradients explode.</source>
        <translation>梯度爆炸。</translation>
    </message>
    <message>
        <source>{layer} gets {share}× the error signal of {last}.</source>
        <translation>{layer} 收到的误差信号是 {last} 的 {share} 倍。</translation>
    </message>
    <message>
        <source>From layer {layer} back, ‖δ‖ is more than {exploding} times layer {last}’s; layer {first} gets {share} times it.</source>
        <translation>从第 {layer} 层往回，‖δ‖ 超过第 {last} 层的 {exploding} 倍；第 {first} 层得到的是它的 {share} 倍。</translation>
    </message>
    <message>
        <source>Exploding.</source>
        <translation>梯度爆炸。</translation>
    </message>
    <message>
        <source>dead</source>
        <translation>死亡</translation>
    </message>
    <message>
        <source>{units} of {layer} is dead.</source>
        <translation>{layer} 的{units} 已死亡。</translation>
    </message>
    <message>
        <source>{units} of {layer} are dead.</source>
        <translation>{layer} 有单元死亡：{units}。</translation>
    </message>
    <message>
        <source>All units of {layer} are dead.</source>
        <translation>{layer} 的单元全部死亡。</translation>
    </message>
    <message>
        <source>0 for all {points} training points: no gradient comes back.</source>
        <translation>对全部 {points} 个训练点输出都为 0：没有梯度传回。</translation>
    </message>
    <message>
        <source>saturated</source>
        <translation>饱和</translation>
    </message>
    <message>
        <source>{units} of {layer} is saturated.</source>
        <translation>{layer} 的{units} 已饱和。</translation>
    </message>
    <message>
        <source>{units} of {layer} are saturated.</source>
        <translation>{layer} 有单元饱和：{units}。</translation>
    </message>
    <message>
        <source>All units of {layer} are saturated.</source>
        <translation>{layer} 的单元全部饱和。</translation>
    </message>
    <message>
        <source>f′ is nearly 0 for most of {points} training points.</source>
        <translation>在 {points} 个训练点中的大多数上，f′ 几乎为 0。</translation>
    </message>
    <message>
        <source>Saturated.</source>
        <translation>饱和。</translation>
    </message>
    <message>
        <source>What helps: smaller initial weights, ReLU, or a normalisation before the activation.</source>
        <translation>可以尝试：更小的初始权重、ReLU，或在激活之前加归一化。</translation>
    </message>
    <message>
        <source>alike</source>
        <translation>雷同</translation>
    </message>
    <message>
        <source>All units of this layer give the same for every training point and get the same gradient, so steps leave them the same: together they do no more than one.</source>
        <translation>这一层的所有单元对每个训练点的输出都相同，得到的梯度也相同，因此每一步之后仍然相同：合起来只相当于一个单元。</translation>
    </message>
    <message>
        <source>{units} of {layer} is alike.</source>
        <translation>{layer} 有单元雷同：{units}。</translation>
    </message>
    <message>
        <source>{units} of {layer} are alike.</source>
        <translation>{layer} 有单元雷同：{units}。</translation>
    </message>
    <message>
        <source>All units of {layer} are alike.</source>
        <translation>{layer} 的单元全部雷同。</translation>
    </message>
    <message>
        <source>They have the same weights and learn the same: together they do no more than one unit.</source>
        <translation>它们的权重相同，学到的也相同：合起来只相当于一个单元。</translation>
    </message>
    <message>
        <source>What helps: start weights that differ, such as Xavier’s or He’s.</source>
        <translation>有帮助的做法：使用各不相同的初始权重，例如 Xavier 或 He 初始化。</translation>
    </message>
    <message>
        <source>overgrown</source>
        <translation>过大</translation>
    </message>
    <message>
        <source>Units give values up to {value}: the next steps may be too large for any number.</source>
        <translation>单元的输出高达 {value}：接下来的更新可能大到无法用数字表示。</translation>
    </message>
    <message>
        <source>{units} of {layer} is overgrown.</source>
        <translation>{layer} 的{units} 输出过大。</translation>
    </message>
    <message>
        <source>{units} of {layer} are overgrown.</source>
        <translation>{layer} 有单元输出过大：{units}。</translation>
    </message>
    <message>
        <source>All units of {layer} are overgrown.</source>
        <translation>{layer} 的单元全部输出过大。</translation>
    </message>
    <message>
        <source>What helps: standardised numbers where the data is large, else drawing the layer anew, a smaller learning rate, or gradient clipping.</source>
        <translation>可以尝试：数据数值很大时先标准化；否则重新初始化这一层、使用更小的学习率，或梯度裁剪。</translation>
    </message>
    <message>
        <source>not finite</source>
        <translation>非有限</translation>
    </message>
    <message>
        <source>No number comes out of it. Choose another function.</source>
        <translation>因此得不出数来。请改用别的函数。</translation>
    </message>
    <message>
        <source>Learns one weight for every category and combination, and adds them up.</source>
        <translation>为每个类别和每种组合各记一个权重，再把它们相加。</translation>
    </message>
    <message>
        <source>Adds the wide and the deep logit; the logistic of their sum is the probability.</source>
        <translation>把宽部分和深部分的 logit 相加；和的 logistic 值就是概率。</translation>
    </message>
    <message>
        <source>Softmax over items</source>
        <translation>物品 softmax</translation>
    </message>
    <message>
        <source>Scores every item against the user&apos;s vector; the next one should win.</source>
        <translation>用用户的向量给每个物品打分；下一个要看的应当得分最高。</translation>
    </message>
    <message>
        <source>Weighted logistic</source>
        <translation>加权 logistic</translation>
    </message>
    <message>
        <source>Circle</source>
        <translation>圆与环</translation>
    </message>
    <message>
        <source>A disc inside a ring.</source>
        <translation>圆环里面一个圆盘。</translation>
    </message>
    <message>
        <source>Exclusive or</source>
        <translation>异或</translation>
    </message>
    <message>
        <source>Opposite quadrants share a colour: no single line separates them.</source>
        <translation>对角象限同色：没有一条直线能把它们分开。</translation>
    </message>
    <message>
        <source>Two Gaussians</source>
        <translation>两个高斯团</translation>
    </message>
    <message>
        <source>Two clouds that one line separates.</source>
        <translation>一条直线就能分开的两团点。</translation>
    </message>
    <message>
        <source>Two spirals</source>
        <translation>双螺旋</translation>
    </message>
    <message>
        <source>Plane</source>
        <translation>斜面</translation>
    </message>
    <message>
        <source>A tilted plane.</source>
        <translation>一个倾斜的平面。</translation>
    </message>
    <message>
        <source>Multi-Gaussian</source>
        <translation>多高斯</translation>
    </message>
    <message>
        <source>Three hills and three hollows.</source>
        <translation>三座山丘和三个洼地。</translation>
    </message>
    <message>
        <source>Moons</source>
        <translation>双月牙</translation>
    </message>
    <message>
        <source>Two interleaved half circles.</source>
        <translation>两个交错的半圆。</translation>
    </message>
    <message>
        <source>Rings</source>
        <translation>圆环</translation>
    </message>
    <message>
        <source>Checkerboard</source>
        <translation>棋盘格</translation>
    </message>
    <message>
        <source>Four by four squares: many small regions to carve out.</source>
        <translation>四乘四的方格：要划出许多小区域。</translation>
    </message>
    <message>
        <source>Three spirals</source>
        <translation>三螺旋</translation>
    </message>
    <message>
        <source>Five spirals</source>
        <translation>五螺旋</translation>
    </message>
    <message>
        <source>Digits</source>
        <translation>手写数字</translation>
    </message>
    <message>
        <source>Handwritten digits as 8×8 grey pixels.</source>
        <translation>8×8 灰度像素的手写数字。</translation>
    </message>
    <message>
        <source>Iris</source>
        <translation>鸢尾花</translation>
    </message>
    <message>
        <source>Three species of iris by the length and width of sepal and petal.</source>
        <translation>根据萼片和花瓣的长宽区分三种鸢尾花。</translation>
    </message>
    <message>
        <source>Wine</source>
        <translation>葡萄酒</translation>
    </message>
    <message>
        <source>Breast cancer</source>
        <translation>乳腺癌</translation>
    </message>
    <message>
        <source>Diabetes</source>
        <translation>糖尿病</translation>
    </message>
    <message>
        <source>Drawn points</source>
        <translation>手绘的点</translation>
    </message>
    <message>
        <source>Wide &amp; Deep</source>
        <translation>Wide &amp; Deep</translation>
    </message>
    <message>
        <source>YoutubeDNN candidates</source>
        <translation>YoutubeDNN 候选生成</translation>
    </message>
    <message>
        <source>YoutubeDNN ranking</source>
        <translation>YoutubeDNN 排序</translation>
    </message>
    <message>
        <source>Adult census income</source>
        <translation>成人普查收入</translation>
    </message>
    <message>
        <source>MovieLens latest-small (2016)</source>
        <translation>MovieLens latest-small（2016）</translation>
    </message>
    <message>
        <source>100,004 ratings of 9,066 films by 671 users.</source>
        <translation>671 位用户对 9,066 部电影的 100,004 条评分。</translation>
    </message>
    <message>
        <source>App store</source>
        <translation>应用商店</translation>
    </message>
    <message>
        <source>Video site</source>
        <translation>视频网站</translation>
    </message>
    <message>
        <source>A file of your own</source>
        <translation>你自己的文件</translation>
    </message>
    <message>
        <source>A table of examples, or a log of watches: MovieLens, MovieTweetings, KuaiRec, any CSV or Parquet file</source>
        <translation>样本表或观看日志：MovieLens、MovieTweetings、KuaiRec、任何 CSV 或 Parquet 文件</translation>
    </message>
    <message>
        <source>What was searched for, in words and pairs of words: the mean of one vector for each.</source>
        <translation>搜索过的词与词对：各有一个向量，取其均值。</translation>
    </message>
    <message>
        <source>decoding it never ends</source>
        <translation>解码不会结束</translation>
    </message>
    <message>
        <source>Back, lower rate {value}</source>
        <translation>回退，学习率降到 {value}</translation>
    </message>
    <message>
        <source>Over the training points the size ‖δ‖ of this layer’s error signal is {value} times that of the last hidden layer: weaker, but it arrives. Below {vanishing} it has vanished, unless it is as large as a whole error.</source>
        <translation>在训练点上，这一层误差信号的大小 ‖δ‖ 是最后一个隐藏层的 {value} 倍：变弱了，但仍能到达；低于 {vanishing} 即为消失，除非它与整个误差一样大。</translation>
    </message>
    <message>
        <source>Up to {value} comes out of it, from data of up to {data}.</source>
        <translation>它的输出高达 {value}，而输入数据的绝对值最大为 {data}。</translation>
    </message>
    <message>
        <source>Silences random units while training, so the network doesn&apos;t rely on any one.</source>
        <translation>训练时随机关闭一些单元，使网络不依赖任何单个单元。</translation>
    </message>
    <message>
        <source>Feeds in any number of ids per row, such as everything a user has watched.</source>
        <translation>每行输入任意多个编号，如某人看过的内容。</translation>
    </message>
    <message>
        <source>Maps each number to its quantile, then adds powers of it.</source>
        <translation>把每个数映射为其分位数，再加上它的幂。</translation>
    </message>
    <message>
        <source>Learns a vector for every id; similar ids end up close together.</source>
        <translation>为每个编号学一个向量；相似的编号会彼此靠近。</translation>
    </message>
    <message>
        <source>The mean of a history&apos;s vectors: one vector, whatever the history&apos;s length.</source>
        <translation>历史中各向量的均值：无论历史多长，都是一个向量。</translation>
    </message>
    <message>
        <source>Learns odds proportional to watch time: eᶻ is the expected time.</source>
        <translation>学到与观看时长成正比的几率：e 的 z 次方就是预期时长。</translation>
    </message>
    <message>
        <source>Two arms wound around each other: the classic hard case.</source>
        <translation>两条互相缠绕的旋臂：经典难题。</translation>
    </message>
    <message>
        <source>Three concentric rings.</source>
        <translation>三个同心圆环。</translation>
    </message>
    <message>
        <source>Three interleaved arms, one class each.</source>
        <translation>三条交错的旋臂，各为一类。</translation>
    </message>
    <message>
        <source>Five interleaved arms, one class each.</source>
        <translation>五条交错的旋臂，各为一类。</translation>
    </message>
    <message>
        <source>Wines from three grape cultivars, by chemical analysis.</source>
        <translation>根据化学分析区分三个葡萄品种的酒。</translation>
    </message>
    <message>
        <source>Malignant or benign, from measurements of cell nuclei.</source>
        <translation>根据细胞核的测量值判断恶性或良性。</translation>
    </message>
    <message>
        <source>Progression of diabetes after one year, from ten baseline measurements.</source>
        <translation>根据起始时的十项指标预测一年后糖尿病的进展。</translation>
    </message>
    <message>
        <source>Memorises which values occur together, generalises through embeddings: is the outcome a yes?</source>
        <translation>记住哪些取值一起出现，并通过嵌入泛化：结果是否为“是”？</translation>
    </message>
    <message>
        <source>Learns vectors of users and items from what was watched next: which items are worth ranking?</source>
        <translation>从接下来看了什么学习用户与物品的向量：哪些物品值得排序？</translation>
    </message>
    <message>
        <source>Learns from impressions how long each would be watched: in which order should candidates be shown?</source>
        <translation>从展示记录学习每一项会被观看多久：候选按什么顺序展示？</translation>
    </message>
    <message>
        <source>48,842 people from the 1994 census: does this person earn over 50,000 dollars a year?</source>
        <translation>1994 年普查的 48,842 人：年收入是否超过 5 万美元？</translation>
    </message>
    <message>
        <source>Generated: impressions of apps with Google Play&apos;s columns; the truth behind them is known</source>
        <translation>生成的数据：带有 Google Play 各列的应用展示记录，真值已知</translation>
    </message>
    <message>
        <source>Generated: watches, searches and impressions of videos; the truth behind them is known</source>
        <translation>生成的数据：视频的观看、搜索与展示记录，真值已知</translation>
    </message>
    <message>
        <source>What the user has watched: the mean of one vector for each of the latest watches.</source>
        <translation>某人看过的内容：最近每次观看各一个向量，取其均值。</translation>
    </message>
    <message>
        <source>Only the last watches, with their own vectors: where one watch leads to the next.</source>
        <translation>只含最后几次观看，另有自己的向量：反映一次观看如何引向下一次。</translation>
    </message>
    <message>
        <source>A fact about the user, such as country, device or gender: a vector for each value.</source>
        <translation>用户的已知信息，如国家、设备或性别：每个取值一个向量。</translation>
    </message>
    <message>
        <source>How long ago the example was: new items are watched more. Set to 0 when serving.</source>
        <translation>样本距今多久：新内容被观看得更多；实际推荐时设为 0。</translation>
    </message>
    <message>
        <source>The video shown, with its own vector.</source>
        <translation>所展示的视频：有自己的向量。</translation>
    </message>
    <message>
        <source>A fact about the user or the video: a vector for each value.</source>
        <translation>用户或视频的已知信息：每个取值一个向量。</translation>
    </message>
    <message>
        <source>A number of the impression, such as the hours since the topic was last watched.</source>
        <translation>展示记录中的一个数值，如距上次观看该话题的小时数。</translation>
    </message>
    <message>
        <source>identity</source>
        <translation>恒等</translation>
    </message>
    <message>
        <source>step</source>
        <translation>阶跃</translation>
    </message>
    <message>
        <source>logistic</source>
        <translation>logistic</translation>
    </message>
    <message>
        <source>tanh</source>
        <translation>tanh</translation>
    </message>
    <message>
        <source>ReLU</source>
        <translation>ReLU</translation>
    </message>
    <message>
        <source>Leaky ReLU</source>
        <translation>Leaky ReLU</translation>
    </message>
    <message>
        <source>Lower the learning rate to {value}.</source>
        <translation>把学习率降到 {value}。</translation>
    </message>
    <message>
        <source>Use {setting}</source>
        <translation>改用{setting}</translation>
    </message>
    <message>
        <source>Over the training points the error signal δ has shrunk to {value} times that of the last hidden layer, because each layer on the way back multiplied it by a factor below 1. This layer hardly learns.</source>
        <translation>在所有训练点上，误差信号 δ 缩小到最后一个隐藏层的 {value} 倍，因为反向途中每一层都乘以一个小于 1 的因子。这一层几乎学不到东西。</translation>
    </message>
    <message>
        <source>What helps: ReLU instead of logistic, Xavier or He initialisation, a normalisation, or a skip connection (Add).</source>
        <translation>可以尝试：用 ReLU 代替 logistic、Xavier 或 He 初始化、归一化，或跳跃连接（相加）。</translation>
    </message>
    <message>
        <source>Over the training points the error signal δ has grown to {value} times that of the last hidden layer, because each layer on the way back multiplied it by a factor above 1.</source>
        <translation>在所有训练点上，误差信号 δ 增大到最后一个隐藏层的 {value} 倍，因为反向途中每一层都乘以一个大于 1 的因子。</translation>
    </message>
    <message>
        <source>What helps: a smaller initialisation (Xavier, He), a normalisation, or gradient clipping.</source>
        <translation>可以尝试：更小的初始化（Xavier、He）、归一化，或梯度裁剪。</translation>
    </message>
    <message>
        <source>{percent} of the units give 0 for every training point, so no gradient passes them and they can’t come back.</source>
        <translation>{percent} 的单元对每个训练点都输出 0，梯度无法通过，它们也无法恢复。</translation>
    </message>
    <message>
        <source>What helps: Leaky ReLU or ELU, a smaller learning rate, He initialisation.</source>
        <translation>可以尝试：Leaky ReLU 或 ELU、更小的学习率、He 初始化。</translation>
    </message>
    <message>
        <source>{percent} of the units sit where their activation is flat for most training points: f′ is nearly 0, so little gradient passes.</source>
        <translation>{percent} 的单元对大多数训练点都处在激活函数的平坦区：f′ 接近 0，几乎没有梯度通过。</translation>
    </message>
    <message>
        <source>ELU</source>
        <translation>ELU</translation>
    </message>
    <message>
        <source>softplus</source>
        <translation>softplus</translation>
    </message>
    <message>
        <source>SiLU</source>
        <translation>SiLU</translation>
    </message>
    <message>
        <source>GELU (exact)</source>
        <translation>GELU（精确）</translation>
    </message>
    <message>
        <source>GELU (tanh)</source>
        <translation>GELU（tanh）</translation>
    </message>
    <message>
        <source>softmax</source>
        <translation>softmax</translation>
    </message>
    <message>
        <source>zeros</source>
        <translation>全零</translation>
    </message>
    <message>
        <source>constant</source>
        <translation>恒定</translation>
    </message>
    <message>
        <source>uniform</source>
        <translation>均匀分布</translation>
    </message>
    <message>
        <source>normal</source>
        <translation>正态分布</translation>
    </message>
    <message>
        <source>Xavier uniform</source>
        <translation>Xavier 均匀</translation>
    </message>
    <message>
        <source>Xavier normal</source>
        <translation>Xavier 正态</translation>
    </message>
    <message>
        <source>He uniform</source>
        <translation>He 均匀</translation>
    </message>
    <message>
        <source>He normal</source>
        <translation>He 正态</translation>
    </message>
    <message>
        <source>LeCun normal</source>
        <translation>LeCun 正态</translation>
    </message>
    <message>
        <source>orthogonal</source>
        <translation>正交</translation>
    </message>
    <message>
        <source>squared error</source>
        <translation>平方误差</translation>
    </message>
    <message>
        <source>binary cross-entropy</source>
        <translation>二元交叉熵</translation>
    </message>
    <message>
        <source>softmax cross-entropy</source>
        <translation>softmax 交叉熵</translation>
    </message>
    <message>
        <source>SGD</source>
        <translation>SGD</translation>
    </message>
    <message>
        <source>momentum</source>
        <translation>动量法</translation>
    </message>
    <message>
        <source>Nesterov momentum</source>
        <translation>Nesterov 动量</translation>
    </message>
    <message>
        <source>AdaGrad</source>
        <translation>AdaGrad</translation>
    </message>
    <message>
        <source>RMSProp</source>
        <translation>RMSProp</translation>
    </message>
    <message>
        <source>Adam</source>
        <translation>Adam</translation>
    </message>
    <message>
        <source>AdamW</source>
        <translation>AdamW</translation>
    </message>
    <message>
        <source>step decay</source>
        <translation>阶梯衰减</translation>
    </message>
    <message>
        <source>exponential decay</source>
        <translation>指数衰减</translation>
    </message>
    <message>
        <source>cosine annealing</source>
        <translation>余弦退火</translation>
    </message>
    <message>
        <source>linear warm-up</source>
        <translation>线性预热</translation>
    </message>
    <message>
        <source>1/t decay</source>
        <translation>1/t 衰减</translation>
    </message>
</context>
<context>
    <name>EpochAxis</name>
    <message>
        <source>epoch {number}</source>
        <translation>第 {number} 轮</translation>
    </message>
</context>
<context>
    <name>Evidence</name>
    <message>
        <source>On average {share} of a user&apos;s other watches come after a random one, so a model that learns from them has seen the future.</source>
        <translation>平均而言，一位用户的其他观看中有 {share} 发生在随机那次之后：从中学习的模型已经看到了未来。</translation>
    </message>
    <message>
        <source>Here this inflates the score of {models}.</source>
        <translation>这在此处抬高了{models}的得分。</translation>
    </message>
    <message>
        <source>Part of that is genuine: {last} of the last watches are of items the user watched before, which are never recommended, but only {drawn} of the random ones.</source>
        <translation>其中一部分是实在的：最后一次观看里有 {last} 是用户以前看过的（从不再推荐），而随机抽取的只有 {drawn}。</translation>
    </message>
    <message>
        <source>This network was trained to predict the last watch and has seen the random ones, so it has no figure there. A model of the next watch usually does worse on such a split.</source>
        <translation>此网络训练来预测最后一次观看，并且见过随机的那些，因此那里没有它的数字；预测下一次观看的模型通常会因这种划分而变差。</translation>
    </message>
    <message>
        <source>{who} from {before} to {after}</source>
        <translation>{who} 从 {before} 到 {after}</translation>
    </message>
    <message>
        <source>○ {probes} of {lists} lists  {ms} ms, finds {recall}</source>
        <translation>○ {lists} 个列表中的 {probes} 个  {ms} 毫秒，找到 {recall}</translation>
    </message>
    <message>
        <source>○ {probes} of {lists} lists find {alone}; with the exact scan where they hold fewer than {k}: {ms} ms, finds {recall}</source>
        <translation>○ {lists} 个列表中的 {probes} 个找到 {alone}；不足 {k} 个时改用精确扫描：{ms} 毫秒，找到 {recall}</translation>
    </message>
    <message>
        <source>What is shown here was found in an index of {count} lists.</source>
        <translation>这里展示的内容是在含 {count} 个列表的索引中找到的。</translation>
    </message>
    <message>
        <source>Here all items are scanned; “recommend query” searches in lists if there are more than {count}.</source>
        <translation>这里扫描全部物品；物品超过 {count} 个时，“recommend query”会查列表。</translation>
    </message>
    <message>
        <source>recommended: the table that u is multiplied by</source>
        <translation>推荐用：与 u 相乘的表</translation>
    </message>
    <message>
        <source>watched: the table used to read histories</source>
        <translation>观看用：读取历史的表</translation>
    </message>
    <message>
        <source>place {rank} in the other table</source>
        <translation>在另一张表中排第 {rank}</translation>
    </message>
    <message>
        <source>{rows} × {dimensions} · mean length {length} · ρ with watches {related}</source>
        <translation>{rows} × {dimensions} · 平均长度 {length} · 与观看次数的 ρ 为 {related}</translation>
    </message>
</context>
<context>
    <name>EvidenceTabs</name>
    <message>
        <source>How good is it?</source>
        <translation>效果如何？</translation>
    </message>
    <message>
        <source>Its hit rate beside that of simpler models</source>
        <translation>它的命中率与更简单的模型并列</translation>
    </message>
    <message>
        <source>Map of items</source>
        <translation>物品地图</translation>
    </message>
    <message>
        <source>All items by their vectors, and where this user is</source>
        <translation>按向量排布的所有物品，以及这位用户的位置</translation>
    </message>
    <message>
        <source>Held-out watch</source>
        <translation>留出的观看</translation>
    </message>
    <message>
        <source>What was kept from training, and what that does</source>
        <translation>训练时留出了什么，有何影响</translation>
    </message>
    <message>
        <source>Speed and recall</source>
        <translation>速度与召回</translation>
    </message>
    <message>
        <source>The exact scan beside inverted lists</source>
        <translation>精确扫描与倒排列表并列</translation>
    </message>
    <message>
        <source>Two tables</source>
        <translation>两张表</translation>
    </message>
    <message>
        <source>What is nearest to the explained item in each item table</source>
        <translation>在每张物品表中离所解释物品最近的是什么</translation>
    </message>
    <message>
        <source>About this network</source>
        <translation>关于这个网络</translation>
    </message>
</context>
<context>
    <name>ExampleCard</name>
    <message>
        <source>Open “{title}” instead of the current network</source>
        <translation>打开“{title}”，替换当前网络</translation>
    </message>
    <message>
        <source>{inputs} inputs → {outputs} output</source>
        <translation>{inputs} 个输入 → {outputs} 个输出</translation>
    </message>
    <message>
        <source>{count} weights · R² </source>
        <translation>{count} 个权重 · R² </translation>
    </message>
    <message>
        <source>{count} weights · accuracy </source>
        <translation>{count} 个权重 · 准确率 </translation>
    </message>
    <message>
        <source>The picture is a slice over {first} and {second}, the others held at their mean</source>
        <translation>图中是 {first} 与 {second} 上的切面，其他特征固定在各自的均值</translation>
    </message>
</context>
<context>
    <name>ExampleNote</name>
    <message>
        <source>Example before</source>
        <translation>上一个示例</translation>
    </message>
    <message>
        <source>Example after</source>
        <translation>下一个示例</translation>
    </message>
    <message>
        <source>What to watch</source>
        <translation>看什么</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>为什么</translation>
    </message>
    <message>
        <source>What to change next</source>
        <translation>接下来改什么</translation>
    </message>
    <message>
        <source>Training starts anew.</source>
        <translation>训练重新开始。</translation>
    </message>
    <message>
        <source>Open “{title}”</source>
        <translation>打开“{title}”</translation>
    </message>
    <message>
        <source>{group} · {place} of {count}</source>
        <translation>{group} · 第 {place}/{count} 个</translation>
    </message>
    <message>
        <source>You&apos;ve changed the example; the note stays. Undo restores the example.</source>
        <translation>你改动了示例，说明仍然保留。撤销可恢复示例。</translation>
    </message>
    <message>
        <source>The note stays when you change the network. Undo restores the example.</source>
        <translation>改动网络时，说明仍然保留。撤销可恢复示例。</translation>
    </message>
</context>
<context>
    <name>ExamplesButton</name>
    <message>
        <source>Examples</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>Expressions to start from, and the playground&apos;s neuron or network as a graph</source>
        <translation>可以从这些表达式开始，也可以把游乐场里的网络画成图</translation>
    </message>
</context>
<context>
    <name>ExamplesPanel</name>
    <message>
        <source>Last watch</source>
        <translation>最后一次观看</translation>
    </message>
    <message>
        <source>Random watch</source>
        <translation>随机一次观看</translation>
    </message>
    <message>
        <source>Longest history</source>
        <translation>最长历史</translation>
    </message>
    <message>
        <source>Latest watches</source>
        <translation>最近几次观看</translation>
    </message>
    <message>
        <source>Examples per user</source>
        <translation>每位用户的样本数</translation>
    </message>
    <message>
        <source>Each user&apos;s last watch is held out, so nothing after it is known</source>
        <translation>留出每位用户的最后一次观看：它之后发生了什么，无从得知</translation>
    </message>
    <message>
        <source>A random watch of each user is held out; later ones are known, which inflates the score</source>
        <translation>随机留出每位用户的一次观看：它之后发生了什么是已知的，数字因而偏高</translation>
    </message>
    <message>
        <source>Watches in a history</source>
        <translation>一份历史所含的观看次数</translation>
    </message>
    <message>
        <source>How many of the latest watches have their own mean</source>
        <translation>其中最近多少次另取一个均值</translation>
    </message>
    <message>
        <source>At most this many per user, so heavy users don&apos;t outweigh the others; empty for all</source>
        <translation>每位用户最多取这么多，以免看得多的人压过其他人；留空则全取</translation>
    </message>
    <message>
        <source>One watch per user is held out for evaluation:</source>
        <translation>每位用户留出一次观看用于评估：</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Change history</source>
        <translation>改变历史长度</translation>
    </message>
    <message>
        <source>Change latest watches</source>
        <translation>改变最近几次观看</translation>
    </message>
    <message>
        <source>Change examples</source>
        <translation>改变样本数</translation>
    </message>
    <message>
        <source>Change held-out watch</source>
        <translation>改变留出的观看</translation>
    </message>
</context>
<context>
    <name>ExperimentEdits</name>
    <message>
        <source>Change {field} of {letter}</source>
        <translation>改变 {letter} 的{field}</translation>
    </message>
    <message>
        <source>{letter}’s scale is now {scale}, as it was with {initialiser} before.</source>
        <translation>{letter} 的尺度现为 {scale}，与先前使用{initialiser}时相同。</translation>
    </message>
    <message>
        <source>{letter}’s scale is now {scale}, the default of {initialiser}; it was {before}.</source>
        <translation>{letter} 的尺度现为 {scale}，即{initialiser}的常用值；原为 {before}。</translation>
    </message>
    <message>
        <source>Apply a cure to {letter}</source>
        <translation>对 {letter} 应用对策</translation>
    </message>
    <message>
        <source>Change {field}</source>
        <translation>改变{field}</translation>
    </message>
    <message>
        <source>Add a network</source>
        <translation>添加网络</translation>
    </message>
    <message>
        <source>Remove network {letter}</source>
        <translation>移除网络 {letter}</translation>
    </message>
</context>
<context>
    <name>ExplainSection</name>
    <message>
        <source>Opening the trained network …</source>
        <translation>正在打开训练好的网络……</translation>
    </message>
    <message>
        <source>Open the network&apos;s current state; the row stays, with its changes</source>
        <translation>打开网络的最新状态；该行及其改动保持不变</translation>
    </message>
    <message>
        <source>Test log loss</source>
        <translation>测试对数损失</translation>
    </message>
    <message>
        <source>Log loss of the best simple model on the same test rows</source>
        <translation>最好的简单模型在相同测试行上的对数损失</translation>
    </message>
    <message>
        <source>Test AUC</source>
        <translation>测试 AUC</translation>
    </message>
    <message>
        <source>{kept} of {all}</source>
        <translation>{kept} / {all}</translation>
    </message>
    <message>
        <source>Weights of the wide part that L1 has left; the others are exactly 0</source>
        <translation>L1 留下的宽部分权重；其余恰好为 0</translation>
    </message>
    <message>
        <source>Wide weights kept</source>
        <translation>保留的宽部分权重</translation>
    </message>
</context>
<context>
    <name>ExplainView</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Find rows</source>
        <translation>查找行</translation>
    </message>
    <message>
        <source>Pairs and crosses</source>
        <translation>配对与交叉</translation>
    </message>
    <message>
        <source>Memorise and generalise</source>
        <translation>记忆与泛化</translation>
    </message>
    <message>
        <source>φ of a cross</source>
        <translation>交叉的 φ</translation>
    </message>
    <message>
        <source>Top crosses</source>
        <translation>最强交叉</translation>
    </message>
    <message>
        <source>The pairs</source>
        <translation>各配对</translation>
    </message>
    <message>
        <source>the same row with another pair</source>
        <translation>同一行换另一配对</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>{percent} now</source>
        <translation>现在 {percent}</translation>
    </message>
    <message>
        <source>No {parts} model beside this one.</source>
        <translation>旁边没有{parts}模型。</translation>
    </message>
</context>
<context>
    <name>Explainer</name>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Change {column}</source>
        <translation>更改 {column}</translation>
    </message>
    <message>
        <source>As in the data</source>
        <translation>如数据所示</translation>
    </message>
</context>
<context>
    <name>ExplanationColumn</name>
    <message>
        <source>Explanation</source>
        <translation>讲解</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>What the current node does with the numbers that arrive</source>
        <translation>当前节点如何处理收到的数</translation>
    </message>
    <message>
        <source>What a group of nodes looks like as one</source>
        <translation>一组节点合成一个之后的样子</translation>
    </message>
    <message>
        <source>Factor by factor, from the result to the selected node</source>
        <translation>从结果到所选节点，逐个因子相乘</translation>
    </message>
    <message>
        <source>Change an input a little and see how much the result changes</source>
        <translation>把一个输入稍微挪动，看看结果变化多少</translation>
    </message>
    <message>
        <source>Collapsed</source>
        <translation>合并后</translation>
    </message>
    <message>
        <source>Chain</source>
        <translation>链式法则</translation>
    </message>
    <message>
        <source>Nudge</source>
        <translation>微调</translation>
    </message>
</context>
<context>
    <name>ExpressionEdit</name>
    <message>
        <source>Type an expression, such as (x + y)^2</source>
        <translation>键入一个表达式，例如 (x + y)^2</translation>
    </message>
    <message>
        <source>Expression</source>
        <translation>表达式</translation>
    </message>
    <message>
        <source>An expression in + − × ÷ ^, pi, e and {functions}.
A line of its own defines a name: t = x + y</source>
        <translation>由 + − × ÷ ^、pi、e 和 {functions} 写成的表达式。
单独一行可定义一个名字：t = x + y</translation>
    </message>
</context>
<context>
    <name>ExpressionField</name>
    <message>
        <source>Enter: a line for a definition, such as t = x + y</source>
        <translation>回车键：另起一行写定义，例如 t = x + y</translation>
    </message>
    <message>
        <source>Not finished: {functions}</source>
        <translation>尚未写完：{functions}</translation>
    </message>
</context>
<context>
    <name>Expressions</name>
    <message>
        <source>Chain rule, two inputs</source>
        <translation>链式法则，两个输入</translation>
    </message>
    <message>
        <source>z = t² with t = x + y: ∂z/∂x = 2t · 1, outer slope times inner slope</source>
        <translation>z = t²，其中 t = x + y：∂z/∂x = 2t · 1，外层斜率乘以内层斜率</translation>
    </message>
    <message>
        <source>Logistic, worked through</source>
        <translation>logistic 逐步演算</translation>
    </message>
    <message>
        <source>Four small steps whose slopes multiply to y(1 − y)</source>
        <translation>四个小步骤，斜率相乘得 y(1 − y)</translation>
    </message>
    <message>
        <source>A neuron with squared error</source>
        <translation>带平方误差的神经元</translation>
    </message>
    <message>
        <source>Who contributed to the error: w gets E·x, x gets E·w, b gets E unchanged</source>
        <translation>误差该怪谁：w 得到 E·x，x 得到 E·w，b 原样得到 E</translation>
    </message>
    <message>
        <source>Softmax with cross-entropy</source>
        <translation>Softmax 与交叉熵</translation>
    </message>
    <message>
        <source>exp, sum, ÷, log and × collapse to something short: p − t</source>
        <translation>exp、求和、÷、log 和 × 合起来化为很短的式子：p − t</translation>
    </message>
    <message>
        <source>A 2-2-1 network</source>
        <translation>2-2-1 网络</translation>
    </message>
    <message>
        <source>Nine weights and the loss: backpropagation is the chain rule, node by node</source>
        <translation>九个权重加损失：反向传播就是逐个节点地用链式法则</translation>
    </message>
    <message>
        <source>A value that is used three times</source>
        <translation>用了三次的值</translation>
    </message>
    <message>
        <source>x is used three times, so three gradients arrive at it, and they are added</source>
        <translation>x 用了三次，因此有三个梯度传到它，它们相加</translation>
    </message>
    <message>
        <source>A gradient that vanishes</source>
        <translation>消失的梯度</translation>
    </message>
    <message>
        <source>Each logistic passes on at most a quarter: after five, little is left</source>
        <translation>每个 logistic 最多传下去四分之一：经过五个就所剩无几</translation>
    </message>
</context>
<context>
    <name>FactList</name>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>kink</source>
        <translation>折点</translation>
    </message>
    <message>
        <source>flat</source>
        <translation>平坦</translation>
    </message>
    <message>
        <source>undef.</source>
        <translation>无定义</translation>
    </message>
    <message>
        <source>continuous</source>
        <translation>连续</translation>
    </message>
    <message>
        <source>No jumps: a small step in z is a small step in f</source>
        <translation>没有跳变：z 变动一小步，f 也只变动一小步</translation>
    </message>
    <message>
        <source>differentiable</source>
        <translation>可导</translation>
    </message>
    <message>
        <source>zero-centred</source>
        <translation>以零为中心</translation>
    </message>
    <message>
        <source>saturates left</source>
        <translation>左侧饱和</translation>
    </message>
    <message>
        <source>saturates right</source>
        <translation>右侧饱和</translation>
    </message>
    <message>
        <source>The range of values of f</source>
        <translation>f 介于哪两个值之间</translation>
    </message>
    <message>
        <source>The range of values of the slope</source>
        <translation>斜率介于哪两个值之间</translation>
    </message>
    <message>
        <source>A slope at every z. A single kink does no harm: PyTorch uses one of the two slopes, or one between</source>
        <translation>在每个 z 处都有斜率。单个折点没有害处：PyTorch 取两侧斜率之一，或介于两者之间的一个</translation>
    </message>
    <message>
        <source>Outputs lie around 0. If all are positive, the gradients of a unit&apos;s weights share a sign</source>
        <translation>输出分布在 0 两侧。如果输出全为正，同一单元各权重的梯度就同号</translation>
    </message>
    <message>
        <source>Far to the left f′ tends to 0 (yes) or is exactly 0 (flat), so no gradient comes back</source>
        <translation>向左远处，f′ 趋于 0（是）或恰为 0（平坦）：没有梯度传回来</translation>
    </message>
    <message>
        <source>Far to the right f′ tends to 0 (yes) or is exactly 0 (flat), so no gradient comes back</source>
        <translation>向右远处，f′ 趋于 0（是）或恰为 0（平坦）：没有梯度传回来</translation>
    </message>
    <message>
        <source>lowest f</source>
        <translation>f 的下界</translation>
    </message>
    <message>
        <source>highest f</source>
        <translation>f 的上界</translation>
    </message>
    <message>
        <source>lowest f′</source>
        <translation>f′ 的下界</translation>
    </message>
    <message>
        <source>highest f′</source>
        <translation>f′ 的上界</translation>
    </message>
    <message>
        <source>{mark} measured on {axis}</source>
        <translation>{mark} 在 {axis} 上测得</translation>
    </message>
    <message>
        <source>It appears once you&apos;ve answered the question below</source>
        <translation>回答下面的问题后显示</translation>
    </message>
    <message>
        <source>{fact}: not shown yet</source>
        <translation>{fact}：尚未显示</translation>
    </message>
    <message>
        <source>At x = {x}, the end of the axis, f′ is under {slope} of the steepest shown (yes) or 0 (flat)</source>
        <translation>在坐标轴端点 x = {x} 处，f′ 不到图中最陡处的 {slope}（是）或等于 0（平）</translation>
    </message>
    <message>
        <source>Measured at {count} points on {axis}; move the axis to measure elsewhere</source>
        <translation>在 {axis} 上的 {count} 个点测得；移动坐标轴即可测量别处</translation>
    </message>
</context>
<context>
    <name>FeatureRow</name>
    <message>
        <source>Train with and without it</source>
        <translation>带与不带它各训练一次</translation>
    </message>
    <message>
        <source>Train with and without {feature}</source>
        <translation>带与不带“{feature}”各训练一次</translation>
    </message>
    <message>
        <source>Remove it from the network</source>
        <translation>不输入网络</translation>
    </message>
    <message>
        <source>Add it to the network</source>
        <translation>输入网络</translation>
    </message>
    <message>
        <source>Without it the network would have no features</source>
        <translation>没有它，网络就没有任何依据</translation>
    </message>
    <message>
        <source>Train one run with this feature and one without it, everything else equal, and compare their figures</source>
        <translation>带此特征与不带此特征各训练一次，其余相同，再比较两者的数字</translation>
    </message>
    <message>
        <source>A vector for each value of {name}.</source>
        <translation>{name} 的每个取值各有一个向量。</translation>
    </message>
    <message>
        <source>A number, mapped to its quantile.</source>
        <translation>一个数，映射为它的分位数。</translation>
    </message>
</context>
<context>
    <name>Features</name>
    <message>
        <source>Watch history</source>
        <translation>观看历史</translation>
    </message>
    <message>
        <source>The video shown</source>
        <translation>展示的视频</translation>
    </message>
    <message>
        <source>Latest watches</source>
        <translation>最近几次观看</translation>
    </message>
    <message>
        <source>Searches</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>About the user</source>
        <translation>用户信息</translation>
    </message>
    <message>
        <source>Example age</source>
        <translation>样本年龄</translation>
    </message>
</context>
<context>
    <name>FeaturesPanel</name>
    <message>
        <source>Search features…</source>
        <translation>搜索特征…</translation>
    </message>
    <message>
        <source>Search features</source>
        <translation>搜索特征</translation>
    </message>
    <message>
        <source>Show only features whose name contains this text</source>
        <translation>只显示名称包含这段文字的特征</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>特征</translation>
    </message>
    <message>
        <source>Ticked features are fed into the network</source>
        <translation>勾选的特征会输入网络</translation>
    </message>
    <message>
        <source>There is no input block; add one from the palette.</source>
        <translation>没有输入模块；请从模块面板添加一个。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>{count} features</source>
        <translation>{count} 个特征</translation>
    </message>
    <message>
        <source>Feed {feature} into the network, or leave it out</source>
        <translation>是否把 {feature} 输入网络</translation>
    </message>
    <message>
        <source>Change features</source>
        <translation>改变特征</translation>
    </message>
</context>
<context>
    <name>FetchedCard</name>
    <message>
        <source>Fetched: near the user</source>
        <translation>取回：离用户近</translation>
    </message>
    <message>
        <source>Products of the two vectors, the largest first</source>
        <translation>两个向量的乘积，最大在前</translation>
    </message>
    <message>
        <source>Watches that decide it</source>
        <translation>起决定作用的观看</translation>
    </message>
    <message>
        <source>place {rank} of {count} fetched</source>
        <translation>取回的 {count} 件中排第 {rank}</translation>
    </message>
    <message>
        <source>watched, so not fetched again</source>
        <translation>已观看，不再取回</translation>
    </message>
    <message>
        <source>place {rank}, so not fetched</source>
        <translation>排第 {rank}，未被取回</translation>
    </message>
    <message>
        <source>{count} products vₖ·uₖ, the largest first</source>
        <translation>{count} 个乘积 vₖ·uₖ，从大到小</translation>
    </message>
    <message>
        <source>softmax {share}: e to the score, as a share of the sum over the catalogue</source>
        <translation>softmax {share}：e 的得分次幂在整个目录中所占的比例</translation>
    </message>
    <message>
        <source>length of v {length}: longer vectors score higher with every user who points their way</source>
        <translation>v 的长度 {length}：向量越长，对同方向的每个人得分越高</translation>
    </message>
    <message>
        <source>Nothing has been watched, so the recommendations suit no one in particular.</source>
        <translation>还没有看过什么：推荐的是不针对任何人的内容。</translation>
    </message>
    <message>
        <source>No single watched item changes its score.</source>
        <translation>没有任何一个看过的物品影响它的得分。</translation>
    </message>
    <message>
        <source>cosine {cosine}: the score without the vectors&apos; lengths</source>
        <translation>余弦 {cosine}：不计向量长度的得分</translation>
    </message>
    <message>
        <source>dimension {number}: v·u there is {part}</source>
        <translation>第 {number} 维：此处 v·u 为 {part}</translation>
    </message>
    <message>
        <source>The nearest one is the decisive one here: {title}.</source>
        <translation>这里最近的正是起决定作用的：{title}。</translation>
    </message>
    <message>
        <source>Near is not the same as decisive: the nearest is {nearest}.</source>
        <translation>近不等于起决定作用：最近的是 {nearest}。</translation>
    </message>
    <message>
        <source>The nearest, {nearest}, is too long ago to be read.</source>
        <translation>最近的{nearest}观看得太早，网络读不到。</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>Save the changes to “{title}”?</source>
        <translation>保存对“{title}”的修改吗？</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Otherwise only Undo can restore them, and only until the window closes.</source>
        <translation>否则只能通过撤销找回，且仅限窗口关闭之前。</translation>
    </message>
    <message>
        <source>Otherwise they are lost.</source>
        <translation>否则将会丢失。</translation>
    </message>
    <message>
        <source>Training continues meanwhile.</source>
        <translation>训练在此期间继续进行。</translation>
    </message>
    <message>
        <source>Undo starts afresh in the new window. Change anyway?</source>
        <translation>新窗口中的撤销记录将从头开始。仍要更改吗？</translation>
    </message>
    <message>
        <source>What is open comes along as it is. Earlier steps can&apos;t be undone or redone any more, and a run can&apos;t be taken back to epochs before its latest.</source>
        <translation>已打开的内容会原样带过去。之前的步骤不能再撤销或重做，训练也不能再退回到更早的轮次。</translation>
    </message>
    <message>
        <source>C&amp;hange</source>
        <translation>更改(&amp;H)</translation>
    </message>
    <message>
        <source>Restarting as soon as your last edit has been applied …</source>
        <translation>训练接收最近一次编辑后，将立即重新启动……</translation>
    </message>
    <message>
        <source>All files that can be opened ({patterns})</source>
        <translation>所有可打开的文件 ({patterns})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Comparison of activations</source>
        <translation>激活函数比较</translation>
    </message>
    <message>
        <source>Gradient experiment</source>
        <translation>梯度实验</translation>
    </message>
    <message>
        <source>Neuron</source>
        <translation>神经元</translation>
    </message>
    <message>
        <source>Trained recommender</source>
        <translation>训练好的推荐器</translation>
    </message>
    <message>
        <source>Expression</source>
        <translation>表达式</translation>
    </message>
    <message>
        <source>Neuroloom network</source>
        <translation>Neuroloom 网络</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
</context>
<context>
    <name>Finder</name>
    <message>
        <source>nothing matches</source>
        <translation>没有包含这些字母的</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>以及另外 {count} 个</translation>
    </message>
</context>
<context>
    <name>FoldingTabs</name>
    <message>
        <source>Click to open, once more to fold</source>
        <translation>点击展开，再次点击收起</translation>
    </message>
</context>
<context>
    <name>FollowMap</name>
    <message>
        <source>Genre</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Watches</source>
        <translation>观看</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>年份</translation>
    </message>
</context>
<context>
    <name>FollowSection</name>
    <message>
        <source>Open the network&apos;s current state; the history stays as it is</source>
        <translation>打开网络的最新状态；历史保持不变</translation>
    </message>
    <message>
        <source>{place} of {count}</source>
        <translation>第 {place} / {count}</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>Hit rate@{length}</source>
        <translation>命中率@{length}</translation>
    </message>
    <message>
        <source>{ms} ms</source>
        <translation>{ms} 毫秒</translation>
    </message>
    <message>
        <source>Answer in</source>
        <translation>作答用时</translation>
    </message>
</context>
<context>
    <name>FollowSession</name>
    <message>
        <source>as in the log</source>
        <translation>如日志所示</translation>
    </message>
</context>
<context>
    <name>FromPlayground</name>
    <message>
        <source>Take the network&apos;s weights</source>
        <translation>取用网络的权重</translation>
    </message>
    <message>
        <source>unit {number}</source>
        <translation>单元 {number}</translation>
    </message>
</context>
<context>
    <name>Gallery</name>
    <message>
        <source>Blank network</source>
        <translation>空白网络</translation>
    </message>
    <message>
        <source>Input and output, nothing between. Build your own.</source>
        <translation>输入和输出，中间什么都没有。自己动手搭建。</translation>
    </message>
    <message>
        <source>Drag Dense onto the wire, or press the button below: the boundary can bend, and the accuracy passes 95&#xa0;%.</source>
        <translation>把全连接模块拖到连线上，或按下面的按钮：边界就能弯折，准确率超过 95 %。</translation>
    </message>
    <message>
        <source>Add a layer of 4 units</source>
        <translation>添加一个 4 单元的层</translation>
    </message>
    <message>
        <source>Put a dense layer of four tanh units before the output</source>
        <translation>在输出前放一个含四个 tanh 单元的全连接层</translation>
    </message>
    <message>
        <source>Give it squares</source>
        <translation>给它平方项</translation>
    </message>
    <message>
        <source>Take two spirals</source>
        <translation>换成双螺旋</translation>
    </message>
    <message>
        <source>new empty start build</source>
        <translation>新建 空白 空网络 开始 搭建</translation>
    </message>
    <message>
        <source>Four lines make a box, the next layer rounds it off.</source>
        <translation>四条直线围成方框，下一层把它磨圆。</translation>
    </message>
    <message>
        <source>Each of the four units in the first layer is one straight line. The next layer joins them into a closed shape.</source>
        <translation>第一层的四个单元各是一条直线。下一层把它们连成一个封闭的形状。</translation>
    </message>
    <message>
        <source>The boundary closes: the accuracy passes 99&#xa0;%.</source>
        <translation>边界闭合：准确率超过 99 %。</translation>
    </message>
    <message>
        <source>It gets rounder: the loss falls below 0.005.</source>
        <translation>它变得更圆：损失降到 0.005 以下。</translation>
    </message>
    <message>
        <source>A unit of the second layer sees how far a point lies past each line, softened by tanh. A sum of soft steps can be round.</source>
        <translation>第二层的单元看到的是一个点越过每条直线多远，并经 tanh 柔化。柔和的台阶相加，就可以是圆的。</translation>
    </message>
    <message>
        <source>Three units</source>
        <translation>三个单元</translation>
    </message>
    <message>
        <source>Two units</source>
        <translation>两个单元</translation>
    </message>
    <message>
        <source>ReLU units</source>
        <translation>ReLU 单元</translation>
    </message>
    <message>
        <source>Corners instead of curves</source>
        <translation>棱角代替曲线</translation>
    </message>
    <message>
        <source>hidden layer shape boundary</source>
        <translation>隐藏层 形状 边界</translation>
    </message>
    <message>
        <source>Eight hidden units</source>
        <translation>八个隐藏单元</translation>
    </message>
    <message>
        <source>L2 of 0.001</source>
        <translation>L2 设为 0.001</translation>
    </message>
    <message>
        <source>images handwriting pixels MNIST softmax</source>
        <translation>图像 手写 数字 像素 MNIST softmax</translation>
    </message>
    <message>
        <source>Over the first 20 epochs ‖δ‖ of the first layer is never more than twenty times the last one’s, nor less than a twentieth.</source>
        <translation>在最初 20 轮中，第一层的 ‖δ‖ 从未超过最后一层的二十倍，也从未低于其二十分之一。</translation>
    </message>
    <message>
        <source>The training loss falls below 0.01: every point is learnt, the wrong ones too.</source>
        <translation>训练损失降到 0.01 以下：每个点都记住了，错的也不例外。</translation>
    </message>
    <message>
        <source>Four units a layer</source>
        <translation>每层四个单元</translation>
    </message>
    <message>
        <source>A unit without activation outputs its weighted sum. Trained on squared error, that is linear regression.</source>
        <translation>一个没有激活函数的单元，回答就是加权和本身。用平方误差来训练，就是线性回归。</translation>
    </message>
    <message>
        <source>The loss falls below 0.0001, in a straight line on the log axis.</source>
        <translation>损失降到 0.0001 以下，在对数轴上是一条直线。</translation>
    </message>
    <message>
        <source>No plane fits noise: see where the loss stalls</source>
        <translation>没有平面能拟合噪声：看损失停在哪里</translation>
    </message>
    <message>
        <source>The same unit on data that isn&apos;t a plane</source>
        <translation>用同一个单元学不是平面的数据</translation>
    </message>
    <message>
        <source>Skip connections carry the gradient past every layer.</source>
        <translation>跳跃连接让梯度越过每一层。</translation>
    </message>
    <message>
        <source>On the way back the Add passes its error signal to both branches unchanged. The skip carries it past the layer, however small the layer’s weights and slope are.</source>
        <translation>反向传播时，相加块把误差信号原样交给两个分支。跳跃连接让信号绕过这一层，无论该层的权重和斜率有多小。</translation>
    </message>
    <message>
        <source>Some units are dead from the start, but skips keep the signal</source>
        <translation>有些单元一开始就已死亡：跳跃连接仍能保住信号</translation>
    </message>
    <message>
        <source>Softmax gives each of three classes a probability.</source>
        <translation>softmax 给三个类别各分一份。</translation>
    </message>
    <message>
        <source>The line turns until it separates the corner (1, 1) from the other three.</source>
        <translation>直线不断转动，直到把角 (1, 1) 与另外三个角分开。</translation>
    </message>
    <message>
        <source>The loss falls below 0.02: the unit is confident.</source>
        <translation>损失降到 0.02 以下：单元有把握了。</translation>
    </message>
    <message>
        <source>The same four corners, coloured so that no line separates them</source>
        <translation>同样的四个角，但这样着色后没有一条直线能把它们分开</translation>
    </message>
    <message>
        <source>Sixty noisy points and more than a thousand weights. The network learns the noise by heart and does worse on new points.</source>
        <translation>六十个带噪的点，一千多个权重。网络把噪声也死记下来，遇到新的点就要付出代价。</translation>
    </message>
    <message>
        <source>The training accuracy is ten percentage points above the test accuracy.</source>
        <translation>训练准确率比测试准确率高十个百分点。</translation>
    </message>
    <message>
        <source>The test loss turns around: it is a tenth above its best while the training loss keeps falling.</source>
        <translation>测试损失掉头：比最好时高出十分之一，而训练损失还在下降。</translation>
    </message>
    <message>
        <source>Only the loss of the training points is minimised. Nothing in it asks for a simple boundary until you add a penalty on large weights.</source>
        <translation>下降的是训练点的损失。其中没有什么要求边界简单，除非你让大权重付出代价。</translation>
    </message>
    <message>
        <source>A penalty on large weights: here the test loss falls by more than a third</source>
        <translation>让大权重付出代价：在这里测试损失至少下降三分之一</translation>
    </message>
    <message>
        <source>Ten times the points</source>
        <translation>十倍的点</translation>
    </message>
    <message>
        <source>First steps</source>
        <translation>入门</translation>
    </message>
    <message>
        <source>An input wired to an output, with nothing between. It can draw one straight line and no more.</source>
        <translation>一个输入直接连到输出，中间什么都没有。所以它只能画一条直线，别无其他。</translation>
    </message>
    <message>
        <source>Press Play: the loss soon stalls, because no line separates a circle from the ring around it.</source>
        <translation>按播放：损失很快就停住，因为没有一条直线能把圆和外面的环分开。</translation>
    </message>
    <message>
        <source>Without a hidden layer the output is one weighted sum, which is zero along a straight line.</source>
        <translation>没有隐藏层时，输出就是一个加权和；它为零的地方是一条直线。</translation>
    </message>
    <message>
        <source>Feed in x₁² and x₂² as well: with them a circle becomes a straight line</source>
        <translation>让它也看到 x₁² 和 x₂²：有了它们，圆就成了直线</translation>
    </message>
    <message>
        <source>The same network on two spirals, a harder problem</source>
        <translation>用同样的网络学更难的双螺旋</translation>
    </message>
    <message>
        <source>A triangle is the smallest closed shape</source>
        <translation>三角形是边数最少的闭合图形</translation>
    </message>
    <message>
        <source>Two lines can&apos;t close a shape</source>
        <translation>两条直线留下一个无法闭合的缺口</translation>
    </message>
    <message>
        <source>64 pixels, ten classes. It opens trained: draw a digit.</source>
        <translation>64 个像素，十个类别。打开时已训练好：画一个试试。</translation>
    </message>
    <message>
        <source>Real handwriting, eight by eight pixels. This network is already trained: draw a digit and see its answer.</source>
        <translation>真实的手写数字，八乘八像素。这个网络已训练好：画一个数字，看它认成什么。</translation>
    </message>
    <message>
        <source>Keep training: the loss of the training images falls below 0.001.</source>
        <translation>继续训练：训练图像的损失降到 0.001 以下。</translation>
    </message>
    <message>
        <source>It doesn&apos;t help: the test loss rises by a tenth in the meantime.</source>
        <translation>这样并没有好处：与此同时，测试损失上升了十分之一。</translation>
    </message>
    <message>
        <source>Each hidden unit weighs the 64 pixels: ink where its weights are positive excites it, ink where they are negative inhibits it.</source>
        <translation>每个隐藏单元对 64 个像素加权：权重为正的地方有墨迹会激发它，权重为负的地方有墨迹会抑制它。</translation>
    </message>
    <message>
        <source>Eight units instead of 32: what is lost?</source>
        <translation>用八个单元代替 32 个：会损失什么？</translation>
    </message>
    <message>
        <source>A penalty on large weights: the weight images get smoother</source>
        <translation>让大权重付出代价：权重图像变得更平滑</translation>
    </message>
    <message>
        <source>from one line to a spiral</source>
        <translation>从一条直线到螺旋</translation>
    </message>
    <message>
        <source>Trouble and cures</source>
        <translation>问题与对策</translation>
    </message>
    <message>
        <source>open the pair, compare, cure</source>
        <translation>成对打开，比较，再对症下药</translation>
    </message>
    <message>
        <source>A number, not a class</source>
        <translation>是数值，不是类别</translation>
    </message>
    <message>
        <source>regression</source>
        <translation>回归</translation>
    </message>
    <message>
        <source>Real data</source>
        <translation>真实数据</translation>
    </message>
    <message>
        <source>measured, not made up</source>
        <translation>实测的，不是生成的</translation>
    </message>
    <message>
        <source>Three species of iris from four lengths, Fisher 1936.</source>
        <translation>用四个长度区分三种鸢尾花，Fisher 1936 年。</translation>
    </message>
    <message>
        <source>A hundred and fifty flowers, four lengths each, three species. One species stands apart; the other two overlap a little.</source>
        <translation>一百五十朵花，每朵四个长度，分属三个品种。一个品种明显分开，另外两个略有重叠。</translation>
    </message>
    <message>
        <source>The species that stands apart and most of the others: the accuracy passes 80&#xa0;%.</source>
        <translation>明显分开的那个品种，加上其余的大部分：准确率超过 80 %。</translation>
    </message>
    <message>
        <source>The accuracy passes 90&#xa0;%. What is left are flowers between two species.</source>
        <translation>准确率超过 90 %。剩下的是介于两个品种之间的花。</translation>
    </message>
    <message>
        <source>Twelve layers. A skip connection goes around each but the first and an Add joins it back, so a layer only has to learn what to add. Without the skips, the same layers lose the signal: in none of six runs of 30,000 epochs did they get 65 % of the points right.</source>
        <translation>十二个层。除第一层外，每层都有一条绕过它的连线，由“相加”块汇合：这样的层只需学习要加上什么。没有跳跃连接，同样的层会丢失信号：六次训练各 30,000 轮，判对的点都没有达到 65 %。</translation>
    </message>
    <message>
        <source>No single line separates these. Two hidden units can.</source>
        <translation>没有一条直线能把它们分开。两个隐藏单元就能做到。</translation>
    </message>
    <message>
        <source>The classes lie crosswise, so no single line separates them. Two hidden units draw two lines, and the output picks what lies between.</source>
        <translation>颜色交叉分布，没有一条直线能把它们分开。两个隐藏单元画两条直线，输出取两者之间的部分。</translation>
    </message>
    <message>
        <source>Only one line: see how far it gets</source>
        <translation>只剩一条直线：看它能做到哪一步</translation>
    </message>
    <message>
        <source>Identity instead of tanh: two lines added make one line again</source>
        <translation>用恒等代替 tanh：两条直线相加，还是一条直线</translation>
    </message>
    <message>
        <source>Petals only</source>
        <translation>只用花瓣</translation>
    </message>
    <message>
        <source>Two of the four lengths: how much is lost?</source>
        <translation>四个长度中的两个：会损失多少？</translation>
    </message>
    <message>
        <source>Sepals only</source>
        <translation>只用萼片</translation>
    </message>
    <message>
        <source>The other two lengths</source>
        <translation>另外两个长度</translation>
    </message>
    <message>
        <source>Fisher flowers table real data softmax</source>
        <translation>Fisher 鸢尾花 花 表格 真实数据 softmax</translation>
    </message>
    <message>
        <source>Hills</source>
        <translation>山丘</translation>
    </message>
    <message>
        <source>ReLU units fold planes into a landscape.</source>
        <translation>ReLU 单元把平面折叠成起伏的地形。</translation>
    </message>
    <message>
        <source>The answer is a height at every place. Each ReLU unit folds the plane along one line, and the sum of folds is a landscape.</source>
        <translation>答案是每个位置上的高度。每个 ReLU 单元沿一条直线折叠平面，折叠相加就成了地形。</translation>
    </message>
    <message>
        <source>The hills rise: R² passes 0.5.</source>
        <translation>山丘隆起：R² 超过 0.5。</translation>
    </message>
    <message>
        <source>A sum of ReLUs is flat between its folds. More units give more folds, and a finer landscape.</source>
        <translation>ReLU 之和在折痕之间是平的。单元越多，折痕越多，地形越精细。</translation>
    </message>
    <message>
        <source>tanh units</source>
        <translation>tanh 单元</translation>
    </message>
    <message>
        <source>Smooth hills instead of folds</source>
        <translation>平滑的山丘代替折痕</translation>
    </message>
    <message>
        <source>Fewer folds: which hills are left?</source>
        <translation>折痕更少：还剩下哪些山丘？</translation>
    </message>
    <message>
        <source>regression ReLU gaussian bumps landscape</source>
        <translation>回归 ReLU 高斯 山丘 多峰 地形</translation>
    </message>
    <message>
        <source>Twin with tanh</source>
        <translation>tanh 孪生网络</translation>
    </message>
    <message>
        <source>Same depth, rate and start: the signal gets through.</source>
        <translation>深度、学习率和初始化都相同：信号能传过去。</translation>
    </message>
    <message>
        <source>The accuracy passes 99&#xa0;%.</source>
        <translation>准确率超过 99 %。</translation>
    </message>
    <message>
        <source>Open its twin: logistic</source>
        <translation>打开它的孪生网络：logistic</translation>
    </message>
    <message>
        <source>The network that this one cures</source>
        <translation>这个网络所治好的那个网络</translation>
    </message>
    <message>
        <source>ReLU and He</source>
        <translation>ReLU 与 He</translation>
    </message>
    <message>
        <source>Set all ten to logistic</source>
        <translation>十层全部改为 logistic</translation>
    </message>
    <message>
        <source>tanh Xavier Glorot cure healthy gradient</source>
        <translation>tanh Xavier Glorot 对策 正常 梯度</translation>
    </message>
    <message>
        <source>One unit without a bend fits a plane.</source>
        <translation>一个不带弯折的单元拟合一个平面。</translation>
    </message>
    <message>
        <source>R² passes 0.99: the plane fits.</source>
        <translation>R² 超过 0.99：平面拟合好了。</translation>
    </message>
    <message>
        <source>The error is squared, so the loss over the two weights and the bias is a bowl. Gradient descent rolls to its one lowest point.</source>
        <translation>误差取平方，所以损失作为两个权重和偏置的函数像一个碗。梯度下降会滚到它唯一的最低点。</translation>
    </message>
    <message>
        <source>Noise of 25&#xa0;%</source>
        <translation>噪声 25 %</translation>
    </message>
    <message>
        <source>Hills instead</source>
        <translation>换成山丘</translation>
    </message>
    <message>
        <source>A rate of 0.2</source>
        <translation>学习率 0.2</translation>
    </message>
    <message>
        <source>Too large a step overshoots the bottom of the bowl, further each time</source>
        <translation>步子太大会越过碗底，而且一次比一次远</translation>
    </message>
    <message>
        <source>least squares regression plane line</source>
        <translation>最小二乘 线性回归 平面 直线</translation>
    </message>
    <message>
        <source>The spirals come apart: the accuracy passes 90&#xa0;%.</source>
        <translation>两条螺旋分开：准确率超过 90 %。</translation>
    </message>
    <message>
        <source>Take the skips out</source>
        <translation>去掉跳跃连接</translation>
    </message>
    <message>
        <source>The same layers in a plain chain: the signal vanishes, and they stay below 65 %</source>
        <translation>同样的层排成普通的一串：信号消失，准确率停在 65 % 以下</translation>
    </message>
    <message>
        <source>ReLU in the branches</source>
        <translation>分支中用 ReLU</translation>
    </message>
    <message>
        <source>skip connection shortcut resnet add</source>
        <translation>跳跃连接 捷径 残差 resnet 相加</translation>
    </message>
    <message>
        <source>Three classes need three outputs. Softmax turns them into shares that add up to one, and the largest wins.</source>
        <translation>三个类别需要三个输出。softmax 把它们变成总和为一的份额，最大者胜出。</translation>
    </message>
    <message>
        <source>Two closed boundaries, one within the other: the accuracy passes 99&#xa0;%.</source>
        <translation>两条闭合的边界，一条套着另一条：准确率超过 99 %。</translation>
    </message>
    <message>
        <source>The loss falls below 0.02: the shares of the right class come close to one.</source>
        <translation>损失降到 0.02 以下：正确类别的份额接近一。</translation>
    </message>
    <message>
        <source>Cross-entropy looks only at the share of the right class. Pushing that up pushes the others down, since they share one sum.</source>
        <translation>交叉熵只看正确类别的份额。各类别的份额总和固定，所以把它推高，其他的就被压低。</translation>
    </message>
    <message>
        <source>Four units first</source>
        <translation>首层四个单元</translation>
    </message>
    <message>
        <source>Half the lines: is that enough for two rings?</source>
        <translation>直线减半：对两个环来说够吗？</translation>
    </message>
    <message>
        <source>Noise of 20&#xa0;%</source>
        <translation>噪声 20 %</translation>
    </message>
    <message>
        <source>The rings overlap, and no boundary is right for all</source>
        <translation>圆环相互重叠，没有一条边界能全部分对</translation>
    </message>
    <message>
        <source>softmax cross-entropy multiclass three classes</source>
        <translation>softmax 交叉熵 多分类 三类</translation>
    </message>
    <message>
        <source>A single unit weighs two inputs and adds a bias. That draws one straight line, and for AND one is enough.</source>
        <translation>一个单元对两个输入加权，再加上偏置。这样画出一条直线，对 AND 来说一条就够了。</translation>
    </message>
    <message>
        <source>The bias falls below zero: one input alone must not lift z above it.</source>
        <translation>偏置降到零以下：单凭一个输入不能把 z 抬到零以上。</translation>
    </message>
    <message>
        <source>The unit says yes where its weighted sum is above zero. Both inputs together must outweigh the bias; either of them alone must not.</source>
        <translation>加权和大于零的地方，单元就说“是”。两个输入合起来必须压过偏置，单独一个则不能。</translation>
    </message>
    <message>
        <source>Open XOR</source>
        <translation>打开 XOR</translation>
    </message>
    <message>
        <source>Ten times the rate</source>
        <translation>十倍的学习率</translation>
    </message>
    <message>
        <source>Learning rate 1.0: the line turns ten times as fast</source>
        <translation>学习率 1.0：直线的转动速度是原来的十倍</translation>
    </message>
    <message>
        <source>Two spirals</source>
        <translation>双螺旋</translation>
    </message>
    <message>
        <source>The arms come apart from the outside in: the accuracy passes 90&#xa0;%.</source>
        <translation>旋臂从外向内分开：准确率超过 90 %。</translation>
    </message>
    <message>
        <source>It is solved: the accuracy passes 98&#xa0;%.</source>
        <translation>解出了：准确率超过 98 %。</translation>
    </message>
    <message>
        <source>One layer less</source>
        <translation>少一层</translation>
    </message>
    <message>
        <source>Give it sines</source>
        <translation>给它正弦项</translation>
    </message>
    <message>
        <source>depth layers silu spiral</source>
        <translation>深度 层 silu 螺旋</translation>
    </message>
    <message>
        <source>Ten logistic layers: the error signal never arrives.</source>
        <translation>十个 logistic 层：误差信号永远传不到。</translation>
    </message>
    <message>
        <source>Ten logistic layers learn a circle. They get nowhere: not because the answer is hard, but because the error signal never arrives.</source>
        <translation>十个 logistic 层学习一个圆，却毫无进展：不是因为答案难，而是因为误差信号永远传不到。</translation>
    </message>
    <message>
        <source>‖δ‖ from right to left: each layer gets about a fifth of the one before, layer 1 less than a ten-thousandth.</source>
        <translation>从右往左看 ‖δ‖：每层大约只得到右边那层的五分之一，第 1 层不到万分之一。</translation>
    </message>
    <message>
        <source>The tiles of layers 4 to 10 are flat: no unit tells one point from another.</source>
        <translation>第 4 到 10 层的小图一片均匀：没有单元能区分不同的点。</translation>
    </message>
    <message>
        <source>The slope of the logistic is at most ¼. Each layer on the way back multiplies by its weights and by that slope.</source>
        <translation>logistic 的斜率最大为 ¼。反向传播途中，每层都要乘上自己的权重和这个斜率。</translation>
    </message>
    <message>
        <source>Open the twin: tanh</source>
        <translation>打开孪生网络：tanh</translation>
    </message>
    <message>
        <source>Set all ten to tanh</source>
        <translation>十层全部改为 tanh</translation>
    </message>
    <message>
        <source>Halve the depth</source>
        <translation>深度减半</translation>
    </message>
    <message>
        <source>A hundredth of the rate</source>
        <translation>学习率的百分之一</translation>
    </message>
    <message>
        <source>A smaller step does not bring the signal back</source>
        <translation>步子更小，也找不回信号</translation>
    </message>
    <message>
        <source>logistic sigmoid depth delta gradient saturate</source>
        <translation>logistic sigmoid 深度 δ 梯度 饱和</translation>
    </message>
    <message>
        <source>The accuracy reaches 100&#xa0;%: a band between two lines.</source>
        <translation>准确率达到 100 %：两条直线之间的一条带。</translation>
    </message>
    <message>
        <source>The loss falls below 0.01.</source>
        <translation>损失降到 0.01 以下。</translation>
    </message>
    <message>
        <source>Each hidden unit is one line. The output adds the two with weights, so it can say yes between them and no on either side.</source>
        <translation>每个隐藏单元是一条直线。输出把两者加权相加，所以能在两者之间说“是”，在两侧说“否”。</translation>
    </message>
    <message>
        <source>One hidden unit only</source>
        <translation>只用一个隐藏单元</translation>
    </message>
    <message>
        <source>Four hidden units</source>
        <translation>四个隐藏单元</translation>
    </message>
    <message>
        <source>More lines than it needs: most starts find an answer</source>
        <translation>直线比需要的多：大多数初始化都能找到答案</translation>
    </message>
    <message>
        <source>Linear units</source>
        <translation>线性单元</translation>
    </message>
    <message>
        <source>exclusive or hidden layer linearly separable</source>
        <translation>异或 隐藏层 线性可分</translation>
    </message>
    <message>
        <source>Your own table</source>
        <translation>你自己的表格</translation>
    </message>
    <message>
        <source>A CSV or Parquet file: pick the column to predict.</source>
        <translation>CSV 或 Parquet 文件：选择要预测的列。</translation>
    </message>
    <message>
        <source>AND with one unit</source>
        <translation>一个单元的 AND</translation>
    </message>
    <message>
        <source>1,200 points: the noise averages out, and the test loss falls by more than a third</source>
        <translation>1,200 个点：噪声相互抵消，测试损失至少下降三分之一</translation>
    </message>
    <message>
        <source>Three layers bend the plane until the two arms separate.</source>
        <translation>三层网络把平面弯折，直到两条旋臂分开。</translation>
    </message>
    <message>
        <source>Two arms wind around each other one and a half times. Each layer bends the plane a little further, until a line can separate them.</source>
        <translation>两条旋臂互相缠绕一圈半。每层把平面再弯折一点，直到一条直线就能把它们分开。</translation>
    </message>
    <message>
        <source>The gradient reaches the first layer throughout: ‖δ‖ of layer 1 stays above a hundredth of layer 3’s for 50 epochs.</source>
        <translation>梯度始终能传到第一层：第 1 层的 ‖δ‖ 连续 50 轮保持在第 3 层的百分之一以上。</translation>
    </message>
    <message>
        <source>Each layer maps the plane onto new axes and unwinds the arms a little more.</source>
        <translation>每一层都把平面映射到新的坐标轴上，把两臂再解开一点。</translation>
    </message>
    <message>
        <source>With two layers, each must bend more</source>
        <translation>两层各自必须弯折得更多</translation>
    </message>
    <message>
        <source>Another activation: does it still get there?</source>
        <translation>换一种弯折：还能成功吗？</translation>
    </message>
    <message>
        <source>sin x₁ and sin x₂ as inputs: is it faster?</source>
        <translation>用 sin x₁ 和 sin x₂ 作为输入：会更快吗？</translation>
    </message>
    <message>
        <source>The loss stalls near 0.50, the loss of a constant answer.</source>
        <translation>损失停在 0.50 附近，这正是恒定回答的代价。</translation>
    </message>
    <message>
        <source>The same depth, data, rate and start; only the activation differs</source>
        <translation>深度、数据、学习率和初始化都相同；只有激活函数不同</translation>
    </message>
    <message>
        <source>Make the twin’s only difference here</source>
        <translation>在这里改成孪生网络的唯一不同之处</translation>
    </message>
    <message>
        <source>Five logistic layers: the signal loses less, but still too much</source>
        <translation>五个 logistic 层：信号损失少一些，但还是太多</translation>
    </message>
    <message>
        <source>XOR</source>
        <translation>XOR</translation>
    </message>
    <message>
        <source>Circle</source>
        <translation>圆</translation>
    </message>
    <message>
        <source>Three rings</source>
        <translation>三个圆环</translation>
    </message>
    <message>
        <source>One unit draws one straight line: enough for AND.</source>
        <translation>一个单元画一条直线，对“与”已经足够。</translation>
    </message>
    <message>
        <source>perceptron Rosenblatt logistic linear boundary</source>
        <translation>感知机 罗森布拉特 logistic 线性 边界</translation>
    </message>
    <message>
        <source>60 noisy points learnt by heart. Add L2, or more points.</source>
        <translation>死记硬背了 60 个带噪声的点。加上 L2，或者增加数据点。</translation>
    </message>
    <message>
        <source>L2 of 0.01</source>
        <translation>L2 设为 0.01</translation>
    </message>
    <message>
        <source>overfitting regularisation regularization L2 generalise</source>
        <translation>过拟合 正则化 L2 泛化</translation>
    </message>
    <message>
        <source>Vanishing gradients</source>
        <translation>梯度消失</translation>
    </message>
    <message>
        <source>Residual network</source>
        <translation>残差网络</translation>
    </message>
    <message>
        <source>Too many units</source>
        <translation>单元太多</translation>
    </message>
    <message>
        <source>Iris</source>
        <translation>鸢尾花</translation>
    </message>
    <message>
        <source>Handwritten digits</source>
        <translation>手写数字</translation>
    </message>
    <message>
        <source>The picture is a slice: two lengths are shown, the other two held at their mean. Petals separate the species best.</source>
        <translation>图中是一个切面：显示两个长度，另外两个固定在均值。花瓣最能区分品种。</translation>
    </message>
    <message>
        <source>R² passes 0.9: nine tenths of the variance is explained.</source>
        <translation>R² 超过 0.9：十分之九的方差得到解释。</translation>
    </message>
    <message>
        <source>The same ten layers, data, rate and start. Only the activation differs: tanh, whose slope at zero is 1, not ¼.</source>
        <translation>同样的十层、数据、学习率和初始化。只有激活函数不同：tanh 在零处的斜率是 1，而不是 ¼。</translation>
    </message>
    <message>
        <source>Within about fifty epochs the loss drops below 0.5, where its twin stays forever.</source>
        <translation>大约五十轮之内，损失就离开 0.5，而它的孪生网络永远停在那里。</translation>
    </message>
    <message>
        <source>‖δ‖ of layer 1 stays comparable to layer 10’s for 20 epochs in a row.</source>
        <translation>第 1 层的 ‖δ‖ 达到第 10 层的可观比例，连续保持 20 轮。</translation>
    </message>
    <message>
        <source>With Xavier’s initial weights each layer keeps the signal at about its size, as long as the slope is near 1.</source>
        <translation>只要斜率接近 1，Xavier 初始化就让每层的权重把信号大致按原来的大小传下去。</translation>
    </message>
    <message>
        <source>Another cure: slope 1 where a unit is active. Some units start dead</source>
        <translation>另一种对策：单元激活时斜率为 1。有些单元一开始就已死亡</translation>
    </message>
    <message>
        <source>Make it fail: the only difference to its twin</source>
        <translation>让它失效：与另一个网络的唯一差别</translation>
    </message>
    <message>
        <source>Linear regression</source>
        <translation>线性回归</translation>
    </message>
</context>
<context>
    <name>GalleryBar</name>
    <message>
        <source>Open a file</source>
        <translation>打开文件</translation>
    </message>
    <message>
        <source>Open a file of your own (Ctrl+O)</source>
        <translation>打开你自己的文件（Ctrl+O）</translation>
    </message>
    <message>
        <source>running</source>
        <translation>正在训练</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Back to {title} · {progress}, {state}</source>
        <translation>回到 {title} · {progress}，{state}</translation>
    </message>
    <message>
        <source>Back to {title}</source>
        <translation>回到 {title}</translation>
    </message>
    <message>
        <source>Go back to what is open (Esc)</source>
        <translation>返回之前打开的内容（Esc）</translation>
    </message>
</context>
<context>
    <name>GalleryPage</name>
    <message>
        <source>Gallery</source>
        <translation>示例库</translation>
    </message>
    <message>
        <source>{count} starting points</source>
        <translation>{count} 个起点</translation>
    </message>
</context>
<context>
    <name>GeluPart</name>
    <message>
        <source>exact</source>
        <translation>精确</translation>
    </message>
    <message>
        <source>tanh</source>
        <translation>tanh</translation>
    </message>
    <message>
        <source>Compare only the exact GELU, which uses the error function</source>
        <translation>只比较用误差函数计算的精确 GELU</translation>
    </message>
    <message>
        <source>Compare only the tanh form, which many models use</source>
        <translation>只比较 tanh 形式，许多模型用的就是它</translation>
    </message>
    <message>
        <source>both</source>
        <translation>两者</translation>
    </message>
    <message>
        <source>Compare the exact GELU with its tanh form</source>
        <translation>比较精确 GELU 与它的 tanh 形式</translation>
    </message>
    <message>
        <source>Exact GELU minus its tanh form</source>
        <translation>精确 GELU 减去它的 tanh 形式</translation>
    </message>
    <message>
        <source>exact − tanh: not visible in the plot of f</source>
        <translation>精确式 − tanh：在 f 的图上看不出来</translation>
    </message>
    <message>
        <source>not visible in the plot of f</source>
        <translation>在 f 的图中看不出来</translation>
    </message>
    <message>
        <source>Cursor x</source>
        <translation>游标 x</translation>
    </message>
    <message>
        <source>at |x| = {x}</source>
        <translation>在 |x| = {x} 处</translation>
    </message>
    <message>
        <source>largest difference</source>
        <translation>最大差值</translation>
    </message>
    <message>
        <source>at most</source>
        <translation>最多相差</translation>
    </message>
</context>
<context>
    <name>GlossaryDialog</name>
    <message>
        <source>Glossary</source>
        <translation>术语表</translation>
    </message>
    <message>
        <source>Search the glossary</source>
        <translation>搜索术语表</translation>
    </message>
    <message>
        <source>The terms and what they mean</source>
        <translation>术语及其含义</translation>
    </message>
    <message>
        <source>No term contains “{text}”.</source>
        <translation>没有术语包含“{text}”。</translation>
    </message>
</context>
<context>
    <name>GradientQuestions</name>
    <message>
        <source>The expression cannot be read yet.</source>
        <translation>表达式还无法解析。</translation>
    </message>
    <message>
        <source>The expression is not finished yet.</source>
        <translation>表达式还没写完。</translation>
    </message>
    <message>
        <source>Everything is known. Go back to the turning point to be asked again.</source>
        <translation>全部已知。回到折返点，就会再次提问。</translation>
    </message>
    <message>
        <source>Back at the turning point.</source>
        <translation>回到折返点。</translation>
    </message>
    <message>
        <source>Nothing more is asked in this pass. Go back to the turning point to be asked again.</source>
        <translation>本次传播不再提问。回到转折点可重新答题。</translation>
    </message>
    <message>
        <source>Values go forward here; the first question comes on the way back.</source>
        <translation>这里值在向前传；第一个问题在反向途中提出。</translation>
    </message>
    <message>
        <source>Next, {node} passes on E × its local derivative.</source>
        <translation>接下来，{node} 传下去的是 E × 它的局部导数。</translation>
    </message>
    <message>
        <source>Next question</source>
        <translation>下一题</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>Gradients</name>
    <message>
        <source>ratio</source>
        <translation>比值</translation>
    </message>
    <message>
        <source>‖δ‖ of the first over that of the last hidden layer, step by step</source>
        <translation>第一个与最后一个隐藏层的 ‖δ‖ 之比，逐步显示</translation>
    </message>
    <message>
        <source>step ‖Δθ‖</source>
        <translation>步长 ‖Δθ‖</translation>
    </message>
    <message>
        <source>How far all weights together move in a step: what clipping bounds</source>
        <translation>所有权重一步之中合起来移动多远：裁剪所限制的正是它</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>The mean loss of all points, step by step</source>
        <translation>所有点的平均损失，逐步显示</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Measured on all samples before the first step; the copy has the same data and seed.</source>
        <translation>在全部样本上、尚未训练一步时测得；副本使用相同的数据和随机种子。</translation>
    </message>
    <message>
        <source>The mean cross-entropy of all samples after {steps} steps of training, with the copy’s own optimiser and rate.</source>
        <translation>用副本自己的优化器和学习率训练 {steps} 步之后，全部样本的平均交叉熵。</translation>
    </message>
    <message>
        <source>A copy of the network at its start, whatever step is shown above</source>
        <translation>网络起始时的副本，与上面显示的步数无关</translation>
    </message>
    <message>
        <source>The copy’s ‖δ‖ of the first hidden layer over the last, before the first step</source>
        <translation>副本在走任何一步之前，第一个隐藏层与最后一个隐藏层的 ‖δ‖ 之比</translation>
    </message>
    <message>
        <source>By what factor the ratio was off 1, over the factor it&apos;s off now. 0.01 and 100 are both off by 100, so this isn&apos;t the quotient of the two ratios.</source>
        <translation>原来的比值偏离 1 多少倍，除以现在偏离 1 多少倍。0.01 和 100 都偏离 100 倍，所以它不是两个比值之商。</translation>
    </message>
    <message>
        <source> a layer</source>
        <translation> 每层</translation>
    </message>
    <message>
        <source>slope × norm, layer 1 : {last}</source>
        <translation>第 1 层与第 {last} 层的“斜率 × 归一化”之比</translation>
    </message>
    <message>
        <source>slope of layer 1 : {last}</source>
        <translation>第 1 层与第 {last} 层的斜率之比</translation>
    </message>
    <message>
        <source>units</source>
        <translation>单元数</translation>
    </message>
    <message>
        <source>Var W: {source}</source>
        <translation>Var W：{source}</translation>
    </message>
    <message>
        <source>slope of {name}</source>
        <translation>{name} 的斜率</translation>
    </message>
    <message>
        <source>weights: {value}</source>
        <translation>权重：{value}</translation>
    </message>
    <message>
        <source>layer norm</source>
        <translation>层归一化</translation>
    </message>
    <message>
        <source>layer {layer} of network {letter}</source>
        <translation>网络 {letter} 的第 {layer} 层</translation>
    </message>
    <message>
        <source>Var z of layer {layer}</source>
        <translation>第 {layer} 层的 Var z</translation>
    </message>
    <message>
        <source>Network {letter}: will layer 1’s share of the signal be larger or smaller than before, {ratio}?</source>
        <translation>网络 {letter}：第 1 层得到的信号占比会比之前的 {ratio} 大还是小？</translation>
    </message>
    <message>
        <source>Before any weight is drawn: the mean of f′² over a Gaussian z of the predicted variance, times what the weights do (Glorot &amp; Bengio 2010; He et al. 2015; Schoenholz et al. 2017).</source>
        <translation>在抽取任何权重之前：设 z 服从方差为预测值的高斯分布，求 f′² 的均值，再乘以权重的作用（Glorot &amp; Bengio 2010；He et al. 2015；Schoenholz et al. 2017）。</translation>
    </message>
    <message>
        <source>measured over predicted</source>
        <translation>实测值除以预测值</translation>
    </message>
    <message>
        <source>depth</source>
        <translation>深度</translation>
    </message>
    <message>
        <source>The error signal of every sample, squared, averaged over the samples, and the root of that.</source>
        <translation>每个样本的误差信号的平方，对样本取平均，再开方。</translation>
    </message>
    <message>
        <source>nearer to 1 by</source>
        <translation>更接近 1 的倍数</translation>
    </message>
    <message>
        <source>predicted for a layer of network {letter}</source>
        <translation>网络 {letter} 一层的预测值</translation>
    </message>
    <message>
        <source>The root of the mean of f′² over a Gaussian z of the predicted variance, as the geometric mean of the layers that the signal passes on its way back.</source>
        <translation>在预测方差的高斯 z 上取 f′² 的均值再开方；对误差信号返回途中经过的各层取几何平均。</translation>
    </message>
    <message>
        <source>The slope that gives the geometric mean of the layers’ factors, √(1 + (slope × weights)²).</source>
        <translation>使各层因子 √(1 + (斜率 × 权重)²) 达到其几何平均的斜率。</translation>
    </message>
    <message>
        <source>From hidden layer {depth} back to layer 1 there are {count} steps.</source>
        <translation>从第 {depth} 个隐藏层返回第 1 层共 {count} 步。</translation>
    </message>
    <message>
        <source>predicted for layer {layer}</source>
        <translation>第 {layer} 层的预测值</translation>
    </message>
    <message>
        <source>predicted for network {letter}</source>
        <translation>网络 {letter} 的预测值</translation>
    </message>
    <message>
        <source>The factors of all layers on the way back, multiplied, before any weight is drawn.</source>
        <translation>返回途中各层因子的乘积，在抽取任何权重之前。</translation>
    </message>
    <message>
        <source>{place}, at the start</source>
        <translation>{place}，开始时</translation>
    </message>
    <message>
        <source>average gain of {place}</source>
        <translation>{place} 的平均增益</translation>
    </message>
    <message>
        <source>width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>scale</source>
        <translation>尺度</translation>
    </message>
    <message>
        <source>rate η</source>
        <translation>学习率 η</translation>
    </message>
    <message>
        <source>hidden until you guess</source>
        <translation>猜过之后才显示</translation>
    </message>
    <message>
        <source>What {n} weights of this initialiser do to a signal&apos;s standard deviation; n is the width.</source>
        <translation>用此初始化的 {n} 个权重使信号的标准差乘上多少：n 为宽度。</translation>
    </message>
    <message>
        <source>What layer norm multiplies the returning signal by: one over the standard deviation of a, as the layers’ geometric mean.</source>
        <translation>层归一化对返回信号所乘的系数：a 的标准差的倒数，取各层的几何平均。</translation>
    </message>
    <message>
        <source>What a layer does to the signal that comes back.</source>
        <translation>返回的信号经过一层后变为原来的多少倍。</translation>
    </message>
    <message>
        <source>The one behind layer {layer} is multiplied separately.</source>
        <translation>第 {layer} 层后面的那一步单独相乘。</translation>
    </message>
    <message>
        <source>With skip connections, δ is the signal passed back times its own layer’s slope: that of layer 1 over that of the last.</source>
        <translation>有残差连接时，δ 等于传回的信号乘以本层的斜率：第 1 层的斜率除以最后一层的斜率。</translation>
    </message>
    <message>
        <source>The factor of the one layer that differs from all others.</source>
        <translation>与其他各层都不同的那一层的因子。</translation>
    </message>
    <message>
        <source>{low} to {high}: steady</source>
        <translation>{low} 到 {high}：稳定</translation>
    </message>
    <message>
        <source>Root mean square of ‖∂L/∂z‖ over the samples: what verdicts are based on</source>
        <translation>‖∂L/∂z‖² 对样本求均值再开方：判断以它为准</translation>
    </message>
    <message>
        <source>Norm of the weights&apos; gradient, which may not show an explosion</source>
        <translation>权重梯度的范数，梯度爆炸不一定在其中显现</translation>
    </message>
    <message>
        <source>Verdicts are based on ‖δ‖. With zero biases ‖∂L/∂W‖ hides an explosion: its ratio doesn&apos;t change with the scale of the weights.</source>
        <translation>判断以 ‖δ‖ 为准。偏置为零时，‖∂L/∂W‖ 会掩盖梯度爆炸：它的比值不随权重的尺度变化。</translation>
    </message>
    <message>
        <source>Glorot &amp; Bengio 2010; He et al. 2015: for weights drawn around 0.</source>
        <translation>Glorot &amp; Bengio 2010；He et al. 2015：适用于围绕 0 抽取的权重。</translation>
    </message>
    <message>
        <source>What layer l’s f′ and the W behind it do to a signal of random direction</source>
        <translation>第 l 层的 f′ 和后面的 W 对一个没有特定方向的信号的作用</translation>
    </message>
    <message>
        <source>The same, as theory predicts it before any weight is drawn</source>
        <translation>同一个量，由理论在抽取任何权重之前得出</translation>
    </message>
    <message>
        <source>after {count} {count:step|steps}</source>
        <translation>{count} 步之后</translation>
    </message>
    <message>
        <source>network {letter} as it is</source>
        <translation>网络 {letter} 原样</translation>
    </message>
    <message>
        <source>{cure}, on a copy of network {letter}</source>
        <translation>{cure}，在网络 {letter} 的副本上</translation>
    </message>
    <message>
        <source>Saturation makes it differ from the prediction: {share} of the slopes are below {limit} of the largest.</source>
        <translation>与预测不符的原因是饱和：{share} 的斜率低于最大斜率的 {limit}。</translation>
    </message>
    <message>
        <source>The mean of f′² ({predicted} predicted, {measured} measured) comes from the few units left, and in {none} of the layers some sample meets none. The prediction is for wide layers; a width of {width} is too small.</source>
        <translation>f′² 的平均值（预测 {predicted}，实测 {measured}）来自剩下的少数单元，而一个样本在 {none} 层中遇不到这样的单元：预测是对宽层取的平均，宽度 {width} 太小，不适用。</translation>
    </message>
    <message>
        <source>Most of it is one jump: {factor} from layer {behind} to layer {layer}; the others are about {others}.</source>
        <translation>大部分来自一次跳变：从第 {behind} 层到第 {layer} 层 {factor}；其余各层约 {others}。</translation>
    </message>
    <message>
        <source>The layers differ: from {low} at layer {low_layer} to {high} at layer {high_layer}.</source>
        <translation>各层并不一致：从第 {low_layer} 层的 {low} 到第 {high_layer} 层的 {high}。</translation>
    </message>
    <message>
        <source>This is one draw of the weights, the prediction a mean over all; measuring others …</source>
        <translation>这只是权重的一次抽取，而预测是对所有抽取的平均；正在测量其他抽取……</translation>
    </message>
    <message>
        <source>This is one draw of the weights, the prediction a mean over all; {count} others start at {low} to {high}.</source>
        <translation>这只是权重的一次抽取，而预测是对所有抽取的平均；另外 {count} 次的起始值为 {low} 到 {high}。</translation>
    </message>
    <message>
        <source>The product differs, because ‖f′·W‖ is for a δ of random direction.</source>
        <translation>乘积与此不同，因为 ‖f′·W‖ 针对的是没有特定方向的 δ。</translation>
    </message>
    <message>
        <source>Layer {layer}: {value}</source>
        <translation>第 {layer} 层：{value}</translation>
    </message>
    <message>
        <source>The steps are repeated, and the backward pass from the resulting weights is checked, not the steps themselves.</source>
        <translation>这些步骤会重做一遍，然后在所得权重处核对：核对的是从那里开始的反向过程，而不是这些步骤。</translation>
    </message>
    <message>
        <source>Not checked: the steps would have to be repeated, which would take too long here.</source>
        <translation>未核对：需要把这些步骤重做一遍，在这里耗时过长。</translation>
    </message>
    <message>
        <source>It is measured, not multiplied: the gain is an average over random directions, but δ has a direction of its own. So {behind} × {gain} = {product} only comes near {value}.</source>
        <translation>它是测得的，不是相乘得到的：增益是对方向不定的信号取的平均，而 δ 有自己的方向。因此 {behind} × {gain} = {product} 只是接近 {value}。</translation>
    </message>
    <message>
        <source>How much of the last hidden layer&apos;s signal arrives here. Verdicts are based on that of layer 1.</source>
        <translation>最后一个隐藏层得到的信号有多少传到这里。判断以第 1 层的值为准。</translation>
    </message>
    <message>
        <source>What this layer’s slope and the weights behind it do to a signal of random direction: the Frobenius norm over √n, its square averaged over the samples, weighted by the signal each gets.</source>
        <translation>本层的斜率和后面的权重对一个没有特定方向的信号的作用：Frobenius 范数除以 √n，其平方对样本求平均，各样本按所得信号加权。</translation>
    </message>
    <message>
        <source>Here this includes the normalisation or the skip connection.</source>
        <translation>这里还包括归一化或绕过该层的连接。</translation>
    </message>
    <message>
        <source>Compare it with the measured value: they differ because the direction of δ isn&apos;t random.</source>
        <translation>请与实测值比较：δ 的方向越不是任意的，两者相差越大。</translation>
    </message>
    <message>
        <source>δ times the layer&apos;s input: where δ shrinks on its way back, the input has grown.</source>
        <translation>δ 乘以传入的值：δ 在反向途中缩小的地方，传入的值却增大了。</translation>
    </message>
    <message>
        <source>Around 0, because weights drawn around 0 give z a mean of 0.</source>
        <translation>以 0 为中心，因为权重围绕 0 抽取时，z 的平均值为 0。</translation>
    </message>
    <message>
        <source>n weights of variance Var W, each times its input: the variance of the sum, averaged over the samples.</source>
        <translation>n 个方差为 Var W 的权重，各乘以传入的值：求其和的方差，再对样本求平均。</translation>
    </message>
    <message>
        <source>Go to network {letter}</source>
        <translation>接着看网络 {letter}</translation>
    </message>
    <message>
        <source>Change something: the outcome stays hidden until you guess.</source>
        <translation>改动一处：结果会先隐藏，等你猜过再显示。</translation>
    </message>
    <message>
        <source>Hint: the layers’ factors multiply. Has their number changed, or what each one does to the signal?</source>
        <translation>提示：各层的因子相乘。变的是因子的个数，还是每个因子对信号的作用？</translation>
    </message>
    <message>
        <source>The largest norm of the gradient: longer ones are cut to it</source>
        <translation>梯度的最大范数：超出的裁剪到此值</translation>
    </message>
    <message>
        <source>How steps are taken</source>
        <translation>每一步如何更新</translation>
    </message>
    <message>
        <source>Only the basic settings and those that differ</source>
        <translation>只显示基本设置和不同的设置</translation>
    </message>
    <message>
        <source>Points in each step’s batch</source>
        <translation>每一步唯一批次中的点数</translation>
    </message>
    <message>
        <source>How much noise the points have, in per cent</source>
        <translation>点的噪声有多大，以百分比计</translation>
    </message>
    <message>
        <source>{count} {count:point|points}</source>
        <translation>{count} 个点</translation>
    </message>
    <message>
        <source>{count} {count:step|steps}</source>
        <translation>{count} 步</translation>
    </message>
    <message>
        <source>logistic against ReLU with He</source>
        <translation>logistic 对比 ReLU 配 He</translation>
    </message>
    <message>
        <source>Each logistic layer passes on a tenth. Why do nine of them leave nothing?</source>
        <translation>每个 logistic 层只传下去十分之一。为什么经过九层就什么也不剩？</translation>
    </message>
    <message>
        <source>weights too large, identity</source>
        <translation>权重过大，恒等激活</translation>
    </message>
    <message>
        <source>Smaller rate, no cure</source>
        <translation>减小学习率，无效</translation>
    </message>
    <message>
        <source>η against η/100</source>
        <translation>η 对比 η/100</translation>
    </message>
    <message>
        <source>Cures, one at a time</source>
        <translation>逐一试验对策</translation>
    </message>
    <message>
        <source>activation, start, norm, skip</source>
        <translation>激活、初始化、归一化、跳跃</translation>
    </message>
    <message>
        <source>Ask the doctor about A and apply one cure; undo, and try the next.</source>
        <translation>打开诊断，对 A 应用一种对策；撤销，再试下一种。</translation>
    </message>
    <message>
        <source>Clipping</source>
        <translation>梯度裁剪</translation>
    </message>
    <message>
        <source>bounds the step, not the ratio</source>
        <translation>限制步长，不改变比值</translation>
    </message>
    <message>
        <source>How deep can it go?</source>
        <translation>能有多深？</translation>
    </message>
    <message>
        <source>the ratio against depth and scale</source>
        <translation>比值随深度和尺度的变化</translation>
    </message>
    <message>
        <source>Click in the map: only near the edge does the signal get through all layers.</source>
        <translation>在图中点击：只有靠近临界处，信号才能穿过所有层。</translation>
    </message>
    <message>
        <source>‖f′·W‖</source>
        <translation>‖f′·W‖</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>product</source>
        <translation>乘积</translation>
    </message>
    <message>
        <source>All factors ‖f′·W‖ from layer l up to the last but one, multiplied</source>
        <translation>从第 l 层到倒数第二层的所有因子 ‖f′·W‖ 相乘</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>‖δ‖ of layer l over that of the last hidden layer</source>
        <translation>第 l 层与最后一个隐藏层的 ‖δ‖ 之比</translation>
    </message>
    <message>
        <source>to next</source>
        <translation>比下一层</translation>
    </message>
    <message>
        <source>Layer l’s norm over that of layer l + 1</source>
        <translation>第 l 层与第 l + 1 层的范数之比</translation>
    </message>
    <message>
        <source>to last</source>
        <translation>比末层</translation>
    </message>
    <message>
        <source>Layer l’s norm over that of the last hidden layer</source>
        <translation>第 l 层与最后一个隐藏层的范数之比</translation>
    </message>
    <message>
        <source>Mean of z² over samples and units</source>
        <translation>z² 对样本和单元的均值</translation>
    </message>
    <message>
        <source>n · Var W · E[a²] of the layer before</source>
        <translation>n · Var W · 前一层的 E[a²]</translation>
    </message>
    <message>
        <source>quotient</source>
        <translation>商</translation>
    </message>
    <message>
        <source>Measured over predicted</source>
        <translation>实测值除以预测值</translation>
    </message>
    <message>
        <source>Measured while training, on all samples, before the next step is done.</source>
        <translation>训练时在全部样本上、下一步执行之前测得。</translation>
    </message>
    <message>
        <source>{vanishing_word}</source>
        <translation>梯度{vanishing_word}</translation>
    </message>
    <message>
        <source>{exploding_word}</source>
        <translation>梯度{exploding_word}</translation>
    </message>
    <message>
        <source>Each step back keeps {each} of ‖δ‖ on average: layer {first} gets {share} of layer {last}’s.</source>
        <translation>平均每往回一步，‖δ‖ 只保留 {each} 倍：第 {first} 层得到的是第 {last} 层的 {share} 倍。</translation>
    </message>
    <message>
        <source>Each step back multiplies ‖δ‖ by {each} on average: layer {first} gets {share} times layer {last}’s.</source>
        <translation>平均每往回一步，‖δ‖ 变为 {each} 倍：第 {first} 层得到的是第 {last} 层的 {share} 倍。</translation>
    </message>
    <message>
        <source>Layer {layer}’s own slope is almost 0.</source>
        <translation>第 {layer} 层自身的斜率接近 0。</translation>
    </message>
    <message>
        <source>The slopes of {count} layers ({layers} …) are almost 0.</source>
        <translation>{count} 个层（{layers} …）的斜率接近 0。</translation>
    </message>
    <message>
        <source>The slopes of layers {layers} are almost 0.</source>
        <translation>第 {layers} 层的斜率接近 0。</translation>
    </message>
    <message>
        <source>{count} units in {layers} layers are dead: 0 for every sample.</source>
        <translation>{layers} 层中有 {count} 个单元已死亡：对每个样本都输出 0。</translation>
    </message>
    <message>
        <source>{count} of layer {layer}’s {width} units are dead: 0 for every sample.</source>
        <translation>第 {layer} 层的 {width} 个单元中有 {count} 个已死亡：对每个样本都输出 0。</translation>
    </message>
    <message>
        <source>Unit {units} of layer {layer} is dead: 0 for every sample.</source>
        <translation>第 {layer} 层的单元 {units} 已死亡：对每个样本都输出 0。</translation>
    </message>
    <message>
        <source>Units {units} of layer {layer} are dead: 0 for every sample.</source>
        <translation>第 {layer} 层的单元 {units} 已死亡：对每个样本都输出 0。</translation>
    </message>
    <message>
        <source>Layer {layer}, dead: {units}</source>
        <translation>第 {layer} 层已死亡的单元：{units}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>predicted for the start: </source>
        <translation>对起始时的预测：</translation>
    </message>
    <message>
        <source>layer {layer} alone</source>
        <translation>仅第 {layer} 层</translation>
    </message>
    <message>
        <source>E[x²] of the inputs</source>
        <translation>输入的 E[x²]</translation>
    </message>
    <message>
        <source>E[a²] of layer {layer}</source>
        <translation>第 {layer} 层的 E[a²]</translation>
    </message>
    <message>
        <source>inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>That is {factor} times what it was before.</source>
        <translation>这是之前的 {factor} 倍。</translation>
    </message>
    <message>
        <source>{verdict} at the start.</source>
        <translation>起始时{verdict}。</translation>
    </message>
    <message>
        <source>{verdict} {when}.</source>
        <translation>{when}：{verdict}。</translation>
    </message>
    <message>
        <source>This is one draw of the weights; {count} others start at {low} to {high}.</source>
        <translation>这只是权重的一次抽取；另外 {count} 次的起始值为 {low} 到 {high}。</translation>
    </message>
    <message>
        <source>clipping {norm}</source>
        <translation>裁剪 {norm}</translation>
    </message>
    <message>
        <source>width {width}</source>
        <translation>宽度 {width}</translation>
    </message>
    <message>
        <source>{name}, layer {last} = 1</source>
        <translation>{name}，第 {last} 层 = 1</translation>
    </message>
    <message>
        <source>Where does this number come from?</source>
        <translation>这个数从哪里来？</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>现状</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>That is {letter}</source>
        <translation>即 {letter}</translation>
    </message>
    <message>
        <source>Apply {cure}: {why}</source>
        <translation>应用“{cure}”：{why}</translation>
    </message>
    <message>
        <source>broke down</source>
        <translation>训练崩溃</translation>
    </message>
    <message>
        <source>EACH CURE ON A COPY</source>
        <translation>每种对策都在副本上试</translation>
    </message>
    <message>
        <source>RATIO</source>
        <translation>比值</translation>
    </message>
    <message>
        <source>On a log axis: left of 1 the signal is {vanishing_word}, right of 1 {exploding_word}. In {danger}: the network as it is. The band: {low} to {high}.</source>
        <translation>对数轴：1 的左边信号{vanishing_word}，右边信号{exploding_word}。{danger}：网络现状；色带：{low} 到 {high}。</translation>
    </message>
    <message>
        <source>AT THE
START</source>
        <translation>起始时</translation>
    </message>
    <message>
        <source>NEARER
TO 1 BY</source>
        <translation>更接近 1
（倍）</translation>
    </message>
    <message>
        <source>LOSS AFTER
{steps} STEPS</source>
        <translation>{steps} 步
后损失</translation>
    </message>
    <message>
        <source>LOSS</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>The copy’s mean loss after {steps} steps</source>
        <translation>副本训练 {steps} 步之后的平均损失</translation>
    </message>
    <message>
        <source>Layers of network {letter}</source>
        <translation>网络 {letter} 的各层</translation>
    </message>
    <message>
        <source>Layer 1: {first}, layer {depth}: {last}</source>
        <translation>第 1 层：{first}，第 {depth} 层：{last}</translation>
    </message>
    <message>
        <source>measuring …</source>
        <translation>正在测量……</translation>
    </message>
    <message>
        <source>Layer {layer}, {row}: {value}</source>
        <translation>第 {layer} 层，{row}：{value}</translation>
    </message>
    <message>
        <source>{told}; predicted {value}</source>
        <translation>{told}；预测 {value}</translation>
    </message>
    <message>
        <source>Numbers of network {letter}</source>
        <translation>网络 {letter} 的各层数值</translation>
    </message>
    <message>
        <source>This is one draw of the weights; measuring others …</source>
        <translation>这只是权重的一次抽取；正在测量其他抽取……</translation>
    </message>
    <message>
        <source>Activation of every hidden layer</source>
        <translation>每个隐藏层的激活函数</translation>
    </message>
    <message>
        <source>start weights</source>
        <translation>初始权重</translation>
    </message>
    <message>
        <source>How weights are drawn</source>
        <translation>权重如何抽取</translation>
    </message>
    <message>
        <source>The initialiser’s own number: the deviation of normal, the gain of Xavier and He</source>
        <translation>初始化方法自身的数：正态分布的标准差，Xavier 和 He 的增益</translation>
    </message>
    <message>
        <source>Hidden layers</source>
        <translation>隐藏层的层数</translation>
    </message>
    <message>
        <source>Units of every hidden layer</source>
        <translation>每个隐藏层的单元数</translation>
    </message>
    <message>
        <source>normalise</source>
        <translation>归一化</translation>
    </message>
    <message>
        <source>Normalisation behind every hidden layer</source>
        <translation>每个隐藏层之后的归一化</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>Skip connections round every hidden layer but the first</source>
        <translation>绕过每个隐藏层的跳跃连接，第一层除外</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>fewer</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>more…</source>
        <translation>更多…</translation>
    </message>
    <message>
        <source>All settings: {fields}</source>
        <translation>所有设置：{fields}</translation>
    </message>
    <message>
        <source>What is the same in all networks</source>
        <translation>所有网络相同的设置</translation>
    </message>
    <message>
        <source>The points to tell apart</source>
        <translation>要区分的点</translation>
    </message>
    <message>
        <source>points</source>
        <translation>点数</translation>
    </message>
    <message>
        <source>noise %</source>
        <translation>噪声 %</translation>
    </message>
    <message>
        <source>How many steps training does</source>
        <translation>训练多少步</translation>
    </message>
    <message>
        <source>Decides the points and every weight</source>
        <translation>决定所有的点和每个权重</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Change what is the same in all networks</source>
        <translation>更改所有网络相同的设置</translation>
    </message>
    <message>
        <source>noise {noise} %</source>
        <translation>噪声 {noise} %</translation>
    </message>
    <message>
        <source>rate {rate}</source>
        <translation>学习率 {rate}</translation>
    </message>
    <message>
        <source>seed {seed}</source>
        <translation>种子 {seed}</translation>
    </message>
    <message>
        <source>Same in both: {settings}</source>
        <translation>两边相同：{settings}</translation>
    </message>
    <message>
        <source>Same in all: {settings}</source>
        <translation>全部相同：{settings}</translation>
    </message>
    <message>
        <source>Error signal ‖δ‖</source>
        <translation>误差信号 ‖δ‖</translation>
    </message>
    <message>
        <source>Gradient ‖∂L/∂W‖</source>
        <translation>梯度 ‖∂L/∂W‖</translation>
    </message>
    <message>
        <source>Forward, Var z</source>
        <translation>前向，Var z</translation>
    </message>
    <message>
        <source>Mean of z² on the way forward, measured and predicted</source>
        <translation>前向途中 z² 的均值，实测值和预测值</translation>
    </message>
    <message>
        <source>Each step back multiplies by the weights and by the slope: f′·W.</source>
        <translation>每往回一步，都乘以权重和斜率：f′·W。</translation>
    </message>
    <message>
        <source>‖δ‖</source>
        <translation>‖δ‖</translation>
    </message>
    <message>
        <source>Size of the error signal</source>
        <translation>误差信号的大小</translation>
    </message>
    <message>
        <source>‖∂L/∂W‖</source>
        <translation>‖∂L/∂W‖</translation>
    </message>
    <message>
        <source>Norm of the gradient</source>
        <translation>梯度的范数</translation>
    </message>
    <message>
        <source>{place}, {moment}</source>
        <translation>{place},{moment}</translation>
    </message>
    <message>
        <source>Weights four times too large: each layer multiplies the signal by four.</source>
        <translation>权重大了四倍：每层都把信号放大四倍。</translation>
    </message>
    <message>
        <source>Train both: the rate scales all layers equally, so the ratio stays.</source>
        <translation>两个都训练：学习率对各层同等缩放，比值不变。</translation>
    </message>
    <message>
        <source>Train both: one breaks down; the other’s steps are bounded, but its ratio isn&apos;t.</source>
        <translation>两个都训练：一个崩溃；另一个的步长受限，比值却不受限。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>batch norm</source>
        <translation>批归一化</translation>
    </message>
    <message>
        <source>ReLU with He</source>
        <translation>ReLU 配 He</translation>
    </message>
    <message>
        <source>ReLU alone</source>
        <translation>只用 ReLU</translation>
    </message>
    <message>
        <source>tanh with Xavier</source>
        <translation>tanh 配 Xavier</translation>
    </message>
    <message>
        <source>{initialiser} alone</source>
        <translation>只用 {initialiser}</translation>
    </message>
    <message>
        <source>Scale {scale}: the edge</source>
        <translation>尺度 {scale}：临界</translation>
    </message>
    <message>
        <source>Layer normalisation</source>
        <translation>层归一化</translation>
    </message>
    <message>
        <source>Batch normalisation</source>
        <translation>批归一化</translation>
    </message>
    <message>
        <source>Skip connections</source>
        <translation>跳跃连接</translation>
    </message>
    <message>
        <source>Clipping at 1</source>
        <translation>裁剪到 1</translation>
    </message>
    <message>
        <source>Rate ÷ 100</source>
        <translation>学习率 ÷ 100</translation>
    </message>
    <message>
        <source>The signal arrives.</source>
        <translation>信号能传到。</translation>
    </message>
    <message>
        <source>It bounds the step; the ratio stays.</source>
        <translation>它限制步长；比值不变。</translation>
    </message>
    <message>
        <source>Hardly any nearer to 1.</source>
        <translation>几乎没有更接近 1。</translation>
    </message>
    <message>
        <source>The signal arrives, but after {steps} steps the loss is higher than without it.</source>
        <translation>信号能传到，但 {steps} 步之后，损失比不用它时更高。</translation>
    </message>
    <message>
        <source>The ratio is further from 1 than before.</source>
        <translation>比值比之前离 1 更远。</translation>
    </message>
    <message>
        <source>There is no ratio: the last layer’s ‖δ‖ is 0 as well.</source>
        <translation>没有比值：最后一层的 ‖δ‖ 也是 0。</translation>
    </message>
    <message>
        <source>activation</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>normalisation</source>
        <translation>归一化</translation>
    </message>
    <message>
        <source>skip connections</source>
        <translation>跳跃连接</translation>
    </message>
    <message>
        <source>clipping</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>optimiser</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>samples</source>
        <translation>样本数</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>{told} {next}</source>
        <translation>{told}{next}</translation>
    </message>
    <message>
        <source>From layer {layer} backward, numbers exceed the range of a float.</source>
        <translation>从第 {layer} 层往回，数值超出浮点数的范围。</translation>
    </message>
    <message>
        <source>‖δ‖ arrives through the skip connections around them: layer {first} gets {share} times layer {last}’s.</source>
        <translation>‖δ‖ 经由绕过它们的跳跃连接到达：第 {first} 层得到第 {last} 层的 {share} 倍。</translation>
    </message>
    <message>
        <source>There is no signal with it, either.</source>
        <translation>用了它也没有信号。</translation>
    </message>
    <message>
        <source>From {ratio} to {after}: no factor can be given for 0 or for something that isn&apos;t a number.</source>
        <translation>从 {ratio} 到 {after}：对 0 或并非数值者，说不出是多少倍。</translation>
    </message>
    <message>
        <source>{ratio} is off from 1 by a factor of {off}, {after} by {now}: {off} ÷ {now} = {gain}</source>
        <translation>{ratio} 与 1 相差 {off} 倍，{after} 与 1 相差 {now} 倍：{off} ÷ {now} = {gain}</translation>
    </message>
    <message>
        <source>{depth} {activation} layers, {initialiser} {scale}</source>
        <translation>{depth} 个 {activation} 层，{initialiser} {scale}</translation>
    </message>
    <message>
        <source>skip</source>
        <translation>跳跃连接</translation>
    </message>
    <message>
        <source>Better, but not enough on its own.</source>
        <translation>有改善，但单用还不够。</translation>
    </message>
    <message>
        <source>Its numbers don&apos;t stay finite.</source>
        <translation>它的数值不再是有限数。</translation>
    </message>
    <message>
        <source>No prediction: batch norm makes the samples of a batch depend on each other.</source>
        <translation>没有预测：批归一化使同一批次的样本相互关联。</translation>
    </message>
    <message>
        <source>No prediction: the theory is for weights drawn at random around 0, not for a constant.</source>
        <translation>没有预测：推导的前提是权重围绕 0 随机抽取，而不是取同一个常数。</translation>
    </message>
    <message>
        <source>With one hidden layer there is nothing between layers to lose a signal in.</source>
        <translation>只有一个隐藏层时，层与层之间不会丢失信号。</translation>
    </message>
    <message>
        <source>measured {measured}</source>
        <translation>实测 {measured}</translation>
    </message>
    <message>
        <source>predicted {predicted}</source>
        <translation>预测 {predicted}</translation>
    </message>
    <message>
        <source>{predicted}, {measured}</source>
        <translation>{predicted}，{measured}</translation>
    </message>
    <message>
        <source>over × {number}</source>
        <translation>超过 × {number}</translation>
    </message>
    <message>
        <source>from {ratio}</source>
        <translation>从 {ratio}</translation>
    </message>
    <message>
        <source>to {ratio}</source>
        <translation>到 {ratio}</translation>
    </message>
</context>
<context>
    <name>GradientsBar</name>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>STEP</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>The moment that is shown</source>
        <translation>当前显示的时刻</translation>
    </message>
    <message>
        <source>Open a ready-made experiment; undo restores the current one</source>
        <translation>打开一个现成的实验；撤销可恢复当前内容</translation>
    </message>
    <message>
        <source>{tip}. It hasn&apos;t reached the step shown</source>
        <translation>{tip}。它还没有到达所显示的那一步</translation>
    </message>
    <message>
        <source>Experiments</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>First ÷ last ‖δ‖, {letter}</source>
        <translation>首层 ÷ 末层 ‖δ‖，{letter}</translation>
    </message>
    <message>
        <source>RATIO, {letter}</source>
        <translation>比值，{letter}</translation>
    </message>
    <message>
        <source>{name} · STEP {step}</source>
        <translation>{name} · 第 {step} 步</translation>
    </message>
    <message>
        <source>‖δ‖ of the first hidden layer over that of the last, network {letter}</source>
        <translation>网络 {letter} 第一个与最后一个隐藏层的 ‖δ‖ 之比</translation>
    </message>
</context>
<context>
    <name>GradientsPage</name>
    <message>
        <source>Experiment</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>The experiment</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>Not trained yet: this was saved at step {step}. Training gets there again.</source>
        <translation>尚未训练：保存时在第 {step} 步。训练后可再次到达。</translation>
    </message>
    <message>
        <source>The playground would show the answer about network {letter}. Guess first, or reveal it.</source>
        <translation>实验场会显示网络 {letter} 的待猜答案。请先猜，或直接揭晓。</translation>
    </message>
    <message>
        <source>The explained number no longer exists, or has to be guessed first.</source>
        <translation>刚才解释的数已经不在了，或者需要先猜。</translation>
    </message>
</context>
<context>
    <name>GradientsTab</name>
    <message>
        <source>‖∂L/∂W‖ per layer</source>
        <translation>各层 ‖∂L/∂W‖</translation>
    </message>
    <message>
        <source>‖∂L/∂b‖ per layer</source>
        <translation>各层 ‖∂L/∂b‖</translation>
    </message>
    <message>
        <source>‖δ‖ per layer</source>
        <translation>各层 ‖δ‖</translation>
    </message>
    <message>
        <source>update ÷ weight</source>
        <translation>更新量 ÷ 权重</translation>
    </message>
    <message>
        <source>Which norm to draw. Whether the signal is {vanishing_word} or {exploding_word} shows in ‖δ‖ = ‖∂L/∂z‖ across the layers; ‖∂L/∂W‖ also has the size of the layer&apos;s input in it.</source>
        <translation>选择绘制哪种范数。信号{vanishing_word}还是{exploding_word}，要看各层的 ‖δ‖ = ‖∂L/∂z‖；‖∂L/∂W‖ 里还含有该层输入的大小。</translation>
    </message>
    <message>
        <source>Gradient quantity</source>
        <translation>梯度的量</translation>
    </message>
    <message>
        <source>Gradients per layer</source>
        <translation>各层梯度</translation>
    </message>
    <message>
        <source>Layer × time</source>
        <translation>层 × 时间</translation>
    </message>
    <message>
        <source>The same norm as on the left: a layer per row, deeper colour for a larger norm.</source>
        <translation>与左图相同的范数：每层一行，颜色越深范数越大。</translation>
    </message>
    <message>
        <source>Update ÷ weight</source>
        <translation>更新量 ÷ 权重</translation>
    </message>
</context>
<context>
    <name>GraphAsking</name>
    <message>
        <source>{node} is used {count} times: this is one share of its gradient, not the whole.</source>
        <translation>{node} 用了 {count} 次：这是它梯度的一份，不是全部。</translation>
    </message>
    <message>
        <source>The last of the {count} shares of {node} arrives now: add it to the others.</source>
        <translation>{node} 共有 {count} 份梯度，最后一份现在传到：把它与已有的各份相加。</translation>
    </message>
</context>
<context>
    <name>GraphBar</name>
    <message>
        <source>The value of the expression, as a double (53 binary digits)</source>
        <translation>表达式的结果，双精度：53 个二进制位</translation>
    </message>
    <message>
        <source>OUTPUT</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>How fast the result changes with the selected input: its gradient</source>
        <translation>结果随选中的输入变化有多快：即它的梯度</translation>
    </message>
    <message>
        <source>OUTPUT {name}</source>
        <translation>输出 {name}</translation>
    </message>
</context>
<context>
    <name>GraphCanvas</name>
    <message>
        <source>Computation graph</source>
        <translation>计算图</translation>
    </message>
</context>
<context>
    <name>GraphDock</name>
    <message>
        <source>Nodes, rules, code, plot</source>
        <translation>节点、规则、代码、曲线</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>PyTorch code</source>
        <translation>PyTorch 代码</translation>
    </message>
    <message>
        <source>Plot</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Nodes {count}</source>
        <translation>节点 {count}</translation>
    </message>
    <message>
        <source>{result} over {input}</source>
        <translation>{result} 随 {input} 的变化</translation>
    </message>
    <message>
        <source>No gradient yet: keep playing, and the way back begins at the result</source>
        <translation>还没有梯度：继续播放，反向从结果开始</translation>
    </message>
    <message>
        <source>{reached} of {all} gradients known; PyTorch couldn&apos;t be run: not checked</source>
        <translation>已知 {all} 个梯度中的 {reached} 个；无法询问 PyTorch：未核对</translation>
    </message>
    <message>
        <source>{reached} of {all} gradients known; PyTorch: not yet checked</source>
        <translation>已知 {all} 个梯度中的 {reached} 个；PyTorch：尚未核对</translation>
    </message>
    <message>
        <source>{reached} of {all} gradients known; not yet checked</source>
        <translation>已知 {all} 个梯度中的 {reached} 个；尚未核对</translation>
    </message>
    <message>
        <source>{reached} of {all} gradients known; not checked</source>
        <translation>已知 {all} 个梯度中的 {reached} 个；未核对</translation>
    </message>
    <message>
        <source>Nothing to show: the expression cannot be read</source>
        <translation>没有可显示的内容：表达式无法解析</translation>
    </message>
    <message>
        <source>Nothing to show: the expression is not finished</source>
        <translation>没有可显示的内容：表达式还没写完</translation>
    </message>
    <message>
        <source>{node} is off by {gap} from {checker}</source>
        <translation>{node} 与 {checker} 相差 {gap}</translation>
    </message>
    <message>
        <source>{reached} of {all} gradients known, each equal to {checker} bit for bit</source>
        <translation>已知 {all} 个梯度中的 {reached} 个，与 {checker} 逐位相同</translation>
    </message>
    <message>
        <source>{reached} of {all} gradients known, at most {gap} from {checker}</source>
        <translation>已知 {all} 个梯度中的 {reached} 个，与 {checker} 最多相差 {gap}</translation>
    </message>
</context>
<context>
    <name>GraphFacts</name>
    <message>
        <source>The local derivatives of the parts, multiplied and simplified.</source>
        <translation>各部分的局部导数相乘并化简。</translation>
    </message>
    <message>
        <source>Another input of {result} is computed from {node} and held fixed, so this is only one share.</source>
        <translation>{result} 的另一个输入也由 {node} 算出，这里把它固定不变，所以这只是其中一份。</translation>
    </message>
    <message>
        <source>It means nothing here: {reason}</source>
        <translation>它在这里没有意义：{reason}</translation>
    </message>
    <message>
        <source>It is a constant of the expression.</source>
        <translation>它是表达式中的常数。</translation>
    </message>
    <message>
        <source>It is an input: you set it.</source>
        <translation>它是输入：由你设定。</translation>
    </message>
    <message>
        <source>{input} is moved from {before} to {after}, and the result goes from {start} to {end}.</source>
        <translation>{input} 从 {before} 移到 {after}，结果从 {start} 变到 {end}。</translation>
    </message>
    <message>
        <source>slope measured by a nudge</source>
        <translation>微调测得的斜率</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>起始梯度</translation>
    </message>
    <message>
        <source>The result changes with itself one to one.</source>
        <translation>结果随自身一比一地变化。</translation>
    </message>
    <message>
        <source>It is used {count} times: the gradients coming back are added up.</source>
        <translation>它用了 {count} 次：沿各条边传回来的相加。</translation>
    </message>
    <message>
        <source>arrives at {node}</source>
        <translation>传到 {node}</translation>
    </message>
    <message>
        <source>One share of a sum: only the sum can be checked.</source>
        <translation>这是和中的一项：只有整个和可以核对。</translation>
    </message>
    <message>
        <source>This branch isn&apos;t taken here, so its gradient is 0.</source>
        <translation>此处未走这一分支，因此它的梯度为 0。</translation>
    </message>
    <message>
        <source>constant</source>
        <translation>常数</translation>
    </message>
    <message>
        <source>input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>local derivative</source>
        <translation>局部导数</translation>
    </message>
    <message>
        <source>within it</source>
        <translation>在其内部</translation>
    </message>
    <message>
        <source>inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>where</source>
        <translation>其中</translation>
    </message>
</context>
<context>
    <name>GraphFaults</name>
    <message>
        <source>Within {group}: {reason}</source>
        <translation>在 {group} 内：{reason}</translation>
    </message>
</context>
<context>
    <name>GraphFormula</name>
    <message>
        <source>no room here for {names}</source>
        <translation>此处放不下 {names}</translation>
    </message>
</context>
<context>
    <name>GraphGroups</name>
    <message>
        <source>logistic</source>
        <translation>logistic</translation>
    </message>
    <message>
        <source>falling logistic</source>
        <translation>递减 logistic</translation>
    </message>
    <message>
        <source>tanh</source>
        <translation>tanh</translation>
    </message>
    <message>
        <source>softplus</source>
        <translation>softplus</translation>
    </message>
    <message>
        <source>squared error</source>
        <translation>平方误差</translation>
    </message>
    <message>
        <source>softmax</source>
        <translation>softmax</translation>
    </message>
    <message>
        <source>softmax + cross-entropy</source>
        <translation>softmax + 交叉熵</translation>
    </message>
    <message>
        <source>open again</source>
        <translation>重新展开</translation>
    </message>
    <message>
        <source>{label}: collapse {count} nodes to</source>
        <translation>{label}：把 {count} 个节点折叠为</translation>
    </message>
    <message>
        <source>collapse {count} nodes</source>
        <translation>折叠 {count} 个节点</translation>
    </message>
    <message>
        <source>{label}: collapse {count} nodes</source>
        <translation>{label}：折叠 {count} 个节点</translation>
    </message>
</context>
<context>
    <name>GraphGuesses</name>
    <message>
        <source>It has a corner or a jump here; its slope counts as {slope}, as in PyTorch.</source>
        <translation>它在这里有尖角或跳变；斜率按 {slope} 计，与 PyTorch 相同。</translation>
    </message>
</context>
<context>
    <name>GraphKinks</name>
    <message>
        <source>not measurable</source>
        <translation>无法测量</translation>
    </message>
    <message>
        <source>The gradient {gradient} is a convention there, PyTorch&apos;s too.</source>
        <translation>那里的梯度 {gradient} 是约定值，PyTorch 也这样约定。</translation>
    </message>
    <message>
        <source>{place}: the result jumps, so it has no slope.</source>
        <translation>{place}：结果在此跳变，没有斜率。</translation>
    </message>
    <message>
        <source>Edge of {operation}: slope {right} to the right, nothing to the left.</source>
        <translation>{operation} 的边界：右侧斜率 {right}，左侧没有定义。</translation>
    </message>
    <message>
        <source>Edge of {operation}: slope {left} to the left, nothing to the right.</source>
        <translation>{operation} 的边界：左侧斜率 {left}，右侧没有定义。</translation>
    </message>
    <message>
        <source>Kink at {operation}: slope {left} to the left, {right} to the right.</source>
        <translation>{operation} 处有折点：左侧斜率 {left}，右侧斜率 {right}。</translation>
    </message>
    <message>
        <source>Kinks at {operation}, together: slope {left} to the left, {right} to the right.</source>
        <translation>{operation} 处有折点，合在一起：左侧斜率 {left}，右侧斜率 {right}。</translation>
    </message>
    <message>
        <source>{operation} has a corner here, as |x| has at 0: slope {left} to the left, {right} to the right along {node}, so there is no derivative.</source>
        <translation>{operation} 在这里有折点，就像 |x| 在 0 处那样：沿 {node} 左侧斜率 {left}，右侧斜率 {right}，因此没有导数。</translation>
    </message>
    <message>
        <source>kink at {operation}</source>
        <translation>{operation} 处有折点</translation>
    </message>
    <message>
        <source>jump at {operation}</source>
        <translation>{operation} 处有跳跃</translation>
    </message>
    <message>
        <source>Edge of {operation}: no slope to either side.</source>
        <translation>{operation} 的边界：两侧都没有斜率。</translation>
    </message>
    <message>
        <source>The nudge crosses the kink of {operation}, so it measures a mean of both sides. Nudge less.</source>
        <translation>这次微调越过了 {operation} 的折点：测得的是两侧的平均。请调小一些。</translation>
    </message>
    <message>
        <source>The nudge crosses the jump of {operation}, so it measures the slope of neither side. Nudge less.</source>
        <translation>这次微调越过了 {operation} 的跳跃点：测得的不是任何一侧的斜率。请调小一些。</translation>
    </message>
    <message>
        <source>kinks at {operation}</source>
        <translation>折点在 {operation}</translation>
    </message>
    <message>
        <source>kink: slope {left} left, {right} right</source>
        <translation>折点：左侧斜率 {left}，右侧 {right}</translation>
    </message>
    <message>
        <source>a jump: no slope here</source>
        <translation>跳跃点：这里没有斜率</translation>
    </message>
    <message>
        <source>no slope to either side</source>
        <translation>两侧都没有斜率</translation>
    </message>
    <message>
        <source>edge: slope {right} right, nothing left</source>
        <translation>边界：右侧斜率 {right}，左侧没有定义</translation>
    </message>
    <message>
        <source>edge: slope {left} left, nothing right</source>
        <translation>边界：左侧斜率 {left}，右侧没有定义</translation>
    </message>
</context>
<context>
    <name>GraphModel</name>
    <message>
        <source>Typing</source>
        <translation>键入</translation>
    </message>
    <message>
        <source>Change {name}</source>
        <translation>改变{name}</translation>
    </message>
    <message>
        <source>Collapse</source>
        <translation>折叠</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>重新展开</translation>
    </message>
</context>
<context>
    <name>GraphOutline</name>
    <message>
        <source>Result {name}: {value}</source>
        <translation>结果 {name}：{value}</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Nodes, in the order of the pass</source>
        <translation>节点，按传播顺序</translation>
    </message>
    <message>
        <source>gradient {gradient}</source>
        <translation>梯度 {gradient}</translation>
    </message>
    <message>
        <source>{name}: {operation} of {operands}</source>
        <translation>{name}：对 {operands} 做 {operation} 运算</translation>
    </message>
    <message>
        <source>value {value}, gradient {gradient}</source>
        <translation>值 {value}，梯度 {gradient}</translation>
    </message>
    <message>
        <source>{operand} is constant and needs no gradient</source>
        <translation>{operand} 是常数，不需要梯度</translation>
    </message>
    <message>
        <source>hands to {operand}: {state}</source>
        <translation>传给 {operand}：{state}</translation>
    </message>
    <message>
        <source>hands to {operand}: {product} = {result}</source>
        <translation>传给 {operand}：{product} = {result}</translation>
    </message>
    <message>
        <source>not needed</source>
        <translation>不需要</translation>
    </message>
    <message>
        <source>{number}, which means nothing</source>
        <translation>{number}，没有意义</translation>
    </message>
    <message>
        <source>The graph as a tree</source>
        <translation>计算图的树状大纲</translation>
    </message>
    <message>
        <source>The same graph in words; type over an input&apos;s number with F2</source>
        <translation>用文字表示的同一个图；输入的数可以改写（F2）</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>大纲</translation>
    </message>
    <message>
        <source>The expression cannot be read yet.</source>
        <translation>表达式还无法解析。</translation>
    </message>
    <message>
        <source>The expression is not finished yet.</source>
        <translation>表达式还没写完。</translation>
    </message>
</context>
<context>
    <name>GraphRule</name>
    <message>
        <source>means nothing here</source>
        <translation>在这里没有意义</translation>
    </message>
</context>
<context>
    <name>GraphSentences</name>
    <message>
        <source>Before step 1.</source>
        <translation>第 1 步之前。</translation>
    </message>
    <message>
        <source>Step {step}, forward.</source>
        <translation>第 {step} 步，前向。</translation>
    </message>
    <message>
        <source>Step {step}, turn round.</source>
        <translation>第 {step} 步，折返。</translation>
    </message>
    <message>
        <source>Step {step}, backward.</source>
        <translation>第 {step} 步，反向。</translation>
    </message>
    <message>
        <source>Inputs and constants are known, nothing else yet.</source>
        <translation>输入和常数已知，其余都还未知。</translation>
    </message>
    <message>
        <source>{node} gives {value}, which means nothing.</source>
        <translation>{node} 得出 {value}，没有意义。</translation>
    </message>
    <message>
        <source>{sentence} None of it means anything here.</source>
        <translation>{sentence} 这些在这里都没有意义。</translation>
    </message>
    <message>
        <source>{node} has received {arrived} and hands {first} to {to_first}.</source>
        <translation>{node} 收到 {arrived}，把 {first} 传给 {to_first}。</translation>
    </message>
    <message>
        <source>{node} has received {arrived} and hands {first} to {to_first}, {second} to {to_second}.</source>
        <translation>{node} 收到 {arrived}，把 {first} 传给 {to_first}，把 {second} 传给 {to_second}。</translation>
    </message>
    <message>
        <source>{node} computes {value}.</source>
        <translation>{node} 算出 {value}。</translation>
    </message>
    <message>
        <source>The result changes with itself one to one: E = {value}.</source>
        <translation>结果随自身一比一地变化：E = {value}。</translation>
    </message>
    <message>
        <source>{node} has received {arrived} and hands each of its {count} inputs its share.</source>
        <translation>{node} 收到 {arrived}，向 {count} 个输入各传一份。</translation>
    </message>
    <message>
        <source>The pass is complete.</source>
        <translation>传播完成。</translation>
    </message>
    <message>
        <source>Next: {node}.</source>
        <translation>下一个：{node}。</translation>
    </message>
    <message>
        <source>Next: the way back begins.</source>
        <translation>接下来：反向开始。</translation>
    </message>
</context>
<context>
    <name>GraphTable</name>
    <message>
        <source>node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>operation</source>
        <translation>运算</translation>
    </message>
    <message>
        <source>value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>gradient</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>finite diff.</source>
        <translation>有限差分</translation>
    </message>
    <message>
        <source>check</source>
        <translation>核对</translation>
    </message>
</context>
<context>
    <name>GraphTips</name>
    <message>
        <source>The node&apos;s value; click to see where it comes from</source>
        <translation>该节点的值；点击查看它从何而来</translation>
    </message>
    <message>
        <source>What arrives (E) times the local derivative goes back along this edge; click for more</source>
        <translation>传来的值（E）乘以局部导数，沿这条边传回去；点击可看详情</translation>
    </message>
    <message>
        <source>The node&apos;s gradient: how fast the result changes with it; click to see where it comes from</source>
        <translation>该节点的梯度：结果随它变化得有多快；点击查看它从何而来</translation>
    </message>
    <message>
        <source>An input: drag it to the left or right, click to type, + and − to nudge it</source>
        <translation>输入：左右拖动可改变，点击可键入，按 + 和 − 可微调</translation>
    </message>
    <message>
        <source>Several nodes in one; double-click to open it again</source>
        <translation>几个节点合为一个；双击可重新展开</translation>
    </message>
    <message>
        <source>Click to select it; double-click to see where its number comes from</source>
        <translation>点击可选中；双击可看它的数从哪里来</translation>
    </message>
    <message>
        <source>A constant: nothing changes it, so it needs no gradient</source>
        <translation>常数：没有什么会改变它，所以它不需要梯度</translation>
    </message>
</context>
<context>
    <name>GuessCard</name>
    <message>
        <source>Your turn</source>
        <translation>轮到你了</translation>
    </message>
    <message>
        <source>your value</source>
        <translation>你的值</translation>
    </message>
    <message>
        <source>Your value</source>
        <translation>你的值</translation>
    </message>
    <message>
        <source>positive</source>
        <translation>正</translation>
    </message>
    <message>
        <source>negative</source>
        <translation>负</translation>
    </message>
    <message>
        <source>larger</source>
        <translation>更大</translation>
    </message>
    <message>
        <source>smaller</source>
        <translation>更小</translation>
    </message>
    <message>
        <source>Reveal</source>
        <translation>揭晓</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Guess first, or reveal it.</source>
        <translation>先猜，或直接揭晓。</translation>
    </message>
    <message>
        <source>Not worked out yet.</source>
        <translation>尚未算出。</translation>
    </message>
    <message>
        <source>You&apos;ve already seen this number.</source>
        <translation>你已经看过这个数。</translation>
    </message>
    <message>
        <source>Not quite. Try once more.</source>
        <translation>不太对，再试一次。</translation>
    </message>
    <message>
        <source>Try once more.</source>
        <translation>再试一次。</translation>
    </message>
    <message>
        <source>Right, {answer}: {value}.</source>
        <translation>对了，{answer}：{value}。</translation>
    </message>
    <message>
        <source>Not quite, it is {answer}: {value}.</source>
        <translation>不太对，应为{answer}：{value}。</translation>
    </message>
    <message>
        <source>It is {value}.</source>
        <translation>它是 {value}。</translation>
    </message>
    <message>
        <source>Right: {value}.</source>
        <translation>对：{value}。</translation>
    </message>
    <message>
        <source>Not quite: it is {value}.</source>
        <translation>不太对：应为 {value}。</translation>
    </message>
    <message>
        <source>Near enough: it is {value}.</source>
        <translation>足够接近：正确值为 {value}。</translation>
    </message>
    <message>
        <source>Will the result be larger or smaller in size than its factor {number}?</source>
        <translation>结果的绝对值会比其因数 {number} 更大还是更小？</translation>
    </message>
    <message>
        <source>What is the result?</source>
        <translation>结果是多少？</translation>
    </message>
    <message>
        <source>Hint: you need the formula of {function}.</source>
        <translation>提示：需要用到 {function} 的公式。</translation>
    </message>
    <message>
        <source>Hint: two negative factors make a positive product.</source>
        <translation>提示：两个负因数的乘积为正。</translation>
    </message>
    <message>
        <source>The positive terms add up to {positive}, the negative ones to {negative}.</source>
        <translation>正项之和是 {positive}，负项之和是 {negative}。</translation>
    </message>
    <message>
        <source>Its size is {factor} times {number}.</source>
        <translation>它的绝对值是 {number} 的 {factor} 倍。</translation>
    </message>
    <message>
        <source>The size is right, the sign isn&apos;t.</source>
        <translation>大小对了，符号不对。</translation>
    </message>
    <message>
        <source>That&apos;s twice as much: the ½ is missing.</source>
        <translation>多了一倍：漏了 ½。</translation>
    </message>
    <message>
        <source>That&apos;s the difference itself: the square is missing.</source>
        <translation>这是差本身：漏了平方。</translation>
    </message>
    <message>
        <source>That uses the factor itself. A product&apos;s slope is the other one.</source>
        <translation>这用的是因数本身。积的导数是另一个因数。</translation>
    </message>
    <message>
        <source>One term of the sum has the wrong sign.</source>
        <translation>和中有一项的符号错了。</translation>
    </message>
    <message>
        <source>That&apos;s the sum without the bias.</source>
        <translation>这是没有加偏置的和。</translation>
    </message>
    <message>
        <source>The learning rate η is missing.</source>
        <translation>漏了学习率 η。</translation>
    </message>
    <message>
        <source>{told} {next}</source>
        <translation>{told}{next}</translation>
    </message>
    <message>
        <source>Answer with a click, or with the keys + and −, &lt; and &gt;, or digits; Enter continues</source>
        <translation>点击作答，或按 + 和 −、&lt; 和 &gt;、数字键作答；按回车继续</translation>
    </message>
    <message>
        <source>Show the number; it doesn&apos;t count as an answer</source>
        <translation>显示这个数；不计入成绩</translation>
    </message>
    <message>
        <source>Go on to the next</source>
        <translation>进入下一项</translation>
    </message>
    <message>
        <source>Nothing to work out here. Go on.</source>
        <translation>这里没有要算的；请继续。</translation>
    </message>
    <message>
        <source>first tries: {right} of {asked} right</source>
        <translation>首次作答：{asked} 题对 {right} 题</translation>
    </message>
    <message>
        <source>{answer}, right</source>
        <translation>{answer}，对</translation>
    </message>
    <message>
        <source>{answer}, wrong</source>
        <translation>{answer}，错</translation>
    </message>
    <message>
        <source>{answer}, your answer</source>
        <translation>{answer}，你的回答</translation>
    </message>
    <message>
        <source>±{percent} %</source>
        <translation>±{percent} %</translation>
    </message>
    <message>
        <source>{percent} or ±{number}</source>
        <translation>{percent} 或 ±{number}</translation>
    </message>
    <message>
        <source>Which sign will the result have?</source>
        <translation>结果会是什么符号？</translation>
    </message>
    <message>
        <source>Hint: everything you need is in view; {digits} digits of each number are enough.</source>
        <translation>提示：所需的数都在眼前；每个数取 {digits} 位有效数字就够了。</translation>
    </message>
    <message>
        <source>Hint: everything you need is in view.</source>
        <translation>提示：所需的数都在眼前。</translation>
    </message>
    <message>
        <source>Hint: one term is larger than all those of the other sign together.</source>
        <translation>提示：有一项比所有异号项加起来还大。</translation>
    </message>
    <message>
        <source>Hint: add up the positive terms, then the negative ones.</source>
        <translation>提示：先把正项相加，再把负项相加。</translation>
    </message>
    <message>
        <source>That uses the function&apos;s value f, not its slope f′.</source>
        <translation>这里用了函数值 f，而不是它的导数 f′。</translation>
    </message>
    <message>
        <source>That&apos;s what arrives. Multiply it by the slope as well.</source>
        <translation>这只是传来的值，还要乘以斜率。</translation>
    </message>
    <message>
        <source>That&apos;s only the slope. Multiply it by what arrives.</source>
        <translation>这只是斜率，还要乘以传来的值。</translation>
    </message>
    <message>
        <source>That&apos;s only one share. Add them all up.</source>
        <translation>这只是其中一份，要把各份都加起来。</translation>
    </message>
    <message>
        <source>Hint: a factor between −1 and 1 shrinks what it multiplies.</source>
        <translation>提示：介于 −1 和 1 之间的因子会缩小被它乘的数。</translation>
    </message>
</context>
<context>
    <name>HeadTable</name>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Find among the first rows</source>
        <translation>在前几行中查找</translation>
    </message>
    <message>
        <source>Rows that contain these words in any column</source>
        <translation>某一列中含有这些词的行</translation>
    </message>
    <message>
        <source>Click to sort</source>
        <translation>点击排序</translation>
    </message>
    <message>
        <source>{shown} of {all}</source>
        <translation>{shown} / {all}</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Point at a part of the formula: its node lights up, and the other way round</source>
        <translation>指向公式的一部分：它的节点会亮起，反过来也一样</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>beneath a node its value</source>
        <translation>节点下方是值</translation>
    </message>
    <message>
        <source>beneath a node its gradient</source>
        <translation>节点下方是梯度</translation>
    </message>
    <message>
        <source>beneath a node its value, then its gradient</source>
        <translation>节点下方先是值，再是梯度</translation>
    </message>
    <message>
        <source>beneath: value, gradient</source>
        <translation>下方：值、梯度</translation>
    </message>
    <message>
        <source>Positive is {positive}, negative {negative}. The wider a gradient&apos;s line, the larger it is</source>
        <translation>正为{positive}，负为{negative}。梯度的线越粗，数值越大</translation>
    </message>
    <message>
        <source>What to draw, and at what size</source>
        <translation>画出哪些内容、画多大</translation>
    </message>
    <message>
        <source>the last expression that could be read</source>
        <translation>上一个能读懂的表达式</translation>
    </message>
</context>
<context>
    <name>HeatStrip</name>
    <message>
        <source>{layer} at step {step}: {value}</source>
        <translation>{layer}，第 {step} 步：{value}</translation>
    </message>
</context>
<context>
    <name>HeavyView</name>
    <message>
        <source>Looking through the weights …</source>
        <translation>正在查看各个权重……</translation>
    </message>
    <message>
        <source>Strongest crosses</source>
        <translation>最强的交叉</translation>
    </message>
    <message>
        <source>No cross has a weight backed by five or more training rows.</source>
        <translation>没有任何交叉的权重背后有至少五行训练数据。</translation>
    </message>
</context>
<context>
    <name>HeldOutTab</name>
    <message>
        <source>Which watch is held out</source>
        <translation>留出哪一次观看</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>最后一次</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Each user&apos;s last watch is held out and used to evaluate</source>
        <translation>每位用户的最后一次观看不参与训练，用于评估</translation>
    </message>
    <message>
        <source>How drawing the watch at random changes the figures</source>
        <translation>随机抽取留出的观看，对各项数字有何影响</translation>
    </message>
    <message>
        <source>Watches in time</source>
        <translation>时间上的观看</translation>
    </message>
    <message>
        <source>Hit rates</source>
        <translation>命中率</translation>
    </message>
    <message>
        <source>Random watch held out</source>
        <translation>随机留出一次观看</translation>
    </message>
    <message>
        <source>Last watch held out</source>
        <translation>留出最后一次观看</translation>
    </message>
    <message>
        <source>{user}, in order of time (UTC)</source>
        <translation>{user}，按时间顺序（UTC）</translation>
    </message>
    <message>
        <source>Its own</source>
        <translation>自身留出</translation>
    </message>
    <message>
        <source>The watch of each user that training left out, drawn at random, is used to evaluate</source>
        <translation>每位用户随机留出、不参与训练的那次观看，用于评估</translation>
    </message>
    <message>
        <source>A random watch has later ones: a model that learns from those has seen the future.</source>
        <translation>随机的一次观看之后还有别的观看：从那些学习的模型已经看到了未来。</translation>
    </message>
    <message>
        <source>hit rate@{length} · discs: a random watch held out; rings: the last</source>
        <translation>命中率@{length} · 实心：随机留出一次观看；空心：留出最后一次</translation>
    </message>
</context>
<context>
    <name>HistogramGrid</name>
    <message>
        <source>{count} no numbers</source>
        <translation>{count} 个不是数</translation>
    </message>
    <message>
        <source>{count} beyond the axis</source>
        <translation>{count} 个超出坐标轴</translation>
    </message>
    <message>
        <source>{low} to {high}: {count} ({share})</source>
        <translation>{low} 到 {high}：{count}（{share}）</translation>
    </message>
</context>
<context>
    <name>HistogramPlot</name>
    <message>
        <source>; {count} aren&apos;t numbers</source>
        <translation>；{count} 个不是数</translation>
    </message>
    <message>
        <source>{count} z of {layer}, mean {mean}, deviation {deviation}</source>
        <translation>{layer} 的 {count} 个 z，均值 {mean}，标准差 {deviation}</translation>
    </message>
    <message>
        <source>z of a layer, live, on the same axis</source>
        <translation>某一层的 z，实时显示，坐标轴相同</translation>
    </message>
    <message>
        <source>flat</source>
        <translation>平坦</translation>
    </message>
    <message>
        <source>z of {layer}, live, on the same axis</source>
        <translation>{layer} 的 z，实时显示，坐标轴相同</translation>
    </message>
    <message>
        <source>{count} of {total} lie beyond this axis</source>
        <translation>{total} 个中有 {count} 个超出此坐标轴</translation>
    </message>
    <message>
        <source>all {total} lie on this axis</source>
        <translation>{total} 个全在此坐标轴内</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>deviation</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>at the cursor {count} of {total} in one bar</source>
        <translation>游标处的柱形含 {total} 个中的 {count} 个</translation>
    </message>
</context>
<context>
    <name>HistoryDocument</name>
    <message>
        <source>with {title}</source>
        <translation>有 {title}</translation>
    </message>
    <message>
        <source>without {title}</source>
        <translation>没有 {title}</translation>
    </message>
    <message>
        <source>without any {title}</source>
        <translation>去掉所有的 {title}</translation>
    </message>
    <message>
        <source>with {title} again</source>
        <translation>再次有 {title}</translation>
    </message>
    <message>
        <source>{title} later</source>
        <translation>{title} 推后</translation>
    </message>
    <message>
        <source>{title} earlier</source>
        <translation>{title} 提前</translation>
    </message>
    <message>
        <source>{name}: unknown</source>
        <translation>{name}：未知</translation>
    </message>
    <message>
        <source>{name}: {value}</source>
        <translation>{name}：{value}</translation>
    </message>
    <message>
        <source>searched: {text}</source>
        <translation>搜索过：{text}</translation>
    </message>
    <message>
        <source>not searched: {text}</source>
        <translation>未搜索：{text}</translation>
    </message>
    <message>
        <source>as in the log</source>
        <translation>如日志所示</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>已撤销</translation>
    </message>
</context>
<context>
    <name>HistoryList</name>
    <message>
        <source>History, the latest first</source>
        <translation>历史，最新在前</translation>
    </message>
    <message>
        <source>Remove this watch</source>
        <translation>去掉这次观看</translation>
    </message>
    <message>
        <source>Remove all {count} watches of it</source>
        <translation>去掉它的全部 {count} 次观看</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Somebody else</source>
        <translation>换一位</translation>
    </message>
    <message>
        <source>Begin with an empty history</source>
        <translation>从空的历史开始</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Find a user</source>
        <translation>查找用户</translation>
    </message>
    <message>
        <source>the last {longest} of {count}</source>
        <translation>{count} 次中的最近 {longest} 次</translation>
    </message>
    <message>
        <source>{user} · {watches}</source>
        <translation>{user} · {watches}</translation>
    </message>
    <message>
        <source>Nothing watched yet. Add an item below to see what is recommended.</source>
        <translation>还没有观看。在下方添加一件物品，看看会推荐什么。</translation>
    </message>
    <message>
        <source>Undo the last edit of the history</source>
        <translation>撤回对历史的最后一次编辑</translation>
    </message>
    <message>
        <source>Redo the edit</source>
        <translation>再做一次该编辑</translation>
    </message>
    <message>
        <source>Restore the history from the log; you can undo it</source>
        <translation>历史恢复为日志中的样子；可以撤销</translation>
    </message>
    <message>
        <source>Follow a random user; undo goes back</source>
        <translation>随机换一位用户；撤销可回到原来的用户</translation>
    </message>
    <message>
        <source>Your own history</source>
        <translation>自己的历史</translation>
    </message>
    <message>
        <source>Type part of a user&apos;s name or number</source>
        <translation>输入用户名或编号的一部分</translation>
    </message>
    <message>
        <source>Type part of a title; it&apos;s added as the latest watch</source>
        <translation>输入标题的一部分；添加的算作最后看的</translation>
    </message>
    <message>
        <source>Add a watch …</source>
        <translation>添加一次观看…</translation>
    </message>
    <message>
        <source>{count} {count:watch|watches}</source>
        <translation>{count} 次观看</translation>
    </message>
    <message>
        <source>not in the training rows</source>
        <translation>不在训练数据行中</translation>
    </message>
    <message>
        <source>try another user</source>
        <translation>请换一位用户</translation>
    </message>
    <message>
        <source>{count} {count:watch|watches, latest first}</source>
        <translation>{count} 次观看，最近的在前</translation>
    </message>
    <message>
        <source>The order doesn&apos;t matter: the network reads a mean.</source>
        <translation>顺序不起作用：读取的是平均值。</translation>
    </message>
    <message>
        <source>The order matters only for the last watch; the rest is averaged.</source>
        <translation>顺序只对最后一次观看起作用：其余取平均值。</translation>
    </message>
    <message>
        <source>The order matters only for the last {count}; the rest is averaged.</source>
        <translation>顺序只对最后 {count} 次观看起作用：其余取平均值。</translation>
    </message>
    <message>
        <source>The network reads at most {longest} watches.</source>
        <translation>网络最多读取 {longest} 次观看。</translation>
    </message>
    <message>
        <source>{count} added</source>
        <translation>添加 {count}</translation>
    </message>
    <message>
        <source>{count} removed</source>
        <translation>移除 {count}</translation>
    </message>
    <message>
        <source>{count} {count:fact|facts} changed</source>
        <translation>改动 {count} 项信息</translation>
    </message>
    <message>
        <source>in another order</source>
        <translation>顺序不同</translation>
    </message>
    <message>
        <source>as in the log</source>
        <translation>如日志所示</translation>
    </message>
    <message>
        <source>Without any one of them the nearest {top} stay the same.</source>
        <translation>去掉其中任何一次观看，最近的 {top} 件都不变。</translation>
    </message>
    <message>
        <source>Without “{item}” the nearest {top} stay the same.</source>
        <translation>去掉“{item}”后，最接近的 {top} 个保持不变。</translation>
    </message>
    <message>
        <source>Without any one of the other {count} the nearest {top} stay the same.</source>
        <translation>去掉另外 {count} 次观看中的任何一次，最近的 {top} 件都不变。</translation>
    </message>
    <message>
        <source>User {name}</source>
        <translation>用户 {name}</translation>
    </message>
</context>
<context>
    <name>HistoryRows</name>
    <message>
        <source>taken out</source>
        <translation>已取出</translation>
    </message>
    <message>
        <source>too long ago to be read</source>
        <translation>太久以前，不再读取</translation>
    </message>
    <message>
        <source>not yet known</source>
        <translation>尚不知道</translation>
    </message>
    <message>
        <source>{changed} of {top} change</source>
        <translation>前 {top} 个中 {changed} 个会变</translation>
    </message>
    <message>
        <source>{changed} of {top} change · all {count}</source>
        <translation>{top} 个中变了 {changed} 个 · 全部 {count} 次</translation>
    </message>
    <message>
        <source>This is for all {count} watches of it</source>
        <translation>这是指它的全部 {count} 次观看</translation>
    </message>
    <message>
        <source>Without it: {titles}</source>
        <translation>没有它会出现 {titles}</translation>
    </message>
    <message>
        <source>The top {top} stay the same without it</source>
        <translation>没有它，前 {top} 个不变</translation>
    </message>
    <message>
        <source>Delete removes this watch or puts it back, Shift+Delete removes every watch of its item; Alt+arrows, or the mouse, move it in time.</source>
        <translation>Delete 移除或放回这次观看，Shift+Delete 移除该物品的所有观看；Alt 加方向键或鼠标可改变它的先后。</translation>
    </message>
    <message>
        <source>Remove {title}</source>
        <translation>移除{title}</translation>
    </message>
    <message>
        <source>Left out, it is recommended itself</source>
        <translation>略去后，它自己会被推荐</translation>
    </message>
    <message>
        <source>{count} more</source>
        <translation>另外 {count} 个</translation>
    </message>
    <message>
        <source>{titles} and {more}</source>
        <translation>{titles} 以及{more}</translation>
    </message>
    <message>
        <source>{parts}.</source>
        <translation>{parts}。</translation>
    </message>
    <message>
        <source>{title} stays at {before}</source>
        <translation>{title} 仍在第 {before}</translation>
    </message>
    <message>
        <source>{title} falls from {before} to {after}</source>
        <translation>{title} 从第 {before} 降到第 {after}</translation>
    </message>
    <message>
        <source>{title} rises from {before} to {after}</source>
        <translation>{title} 从第 {before} 升到第 {after}</translation>
    </message>
    <message>
        <source>{title}, if it were recommended again,</source>
        <translation>{title}（若再被推荐）</translation>
    </message>
    <message>
        <source>put back</source>
        <translation>放回</translation>
    </message>
    <message>
        <source>added</source>
        <translation>已添加</translation>
    </message>
    <message>
        <source>Let {title} count again</source>
        <translation>让{title}重新计入</translation>
    </message>
</context>
<context>
    <name>Home</name>
    <message>
        <source>Recommenders</source>
        <translation>推荐器</translation>
    </message>
    <message>
        <source>Data sets</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>ready to use, nothing to download</source>
        <translation>随时可用，无需下载</translation>
    </message>
    <message>
        <source>each compared with the best simple model on the same rows</source>
        <translation>各与同样行上最好的简单模型并列</translation>
    </message>
    <message>
        <source>None yet. Train one above and it will be listed here, even if it&apos;s interrupted.</source>
        <translation>还没有。在上面训练一个：它会出现在这里，中断了也是。</translation>
    </message>
    <message>
        <source>Earlier runs</source>
        <translation>先前的运行</translation>
    </message>
</context>
<context>
    <name>IdeaCard</name>
    <message>
        <source>How it works</source>
        <translation>工作原理</translation>
    </message>
    <message>
        <source>Train the second network on the impressions of “{data}”: for how long would each be watched?</source>
        <translation>在“{data}”的展示上训练第二个网络：每次展示会被观看多久？</translation>
    </message>
    <message>
        <source>Train it now and watch it learn; it continues when the window closes</source>
        <translation>现在训练；你可以看着它学习，窗口关闭后它会继续</translation>
    </message>
    <message>
        <source>An already trained network that you can ask right away</source>
        <translation>已经训练好的网络，随时可以提问</translation>
    </message>
    <message>
        <source>{count} {count:epoch|epochs}</source>
        <translation>{count} 轮</translation>
    </message>
    <message>
        <source>until it stops improving</source>
        <translation>直到不再变好</translation>
    </message>
    <message>
        <source>Open a trained example</source>
        <translation>打开训练好的示例</translation>
    </message>
    <message>
        <source>{epochs}, {time} here</source>
        <translation>{epochs}，在此约 {time}</translation>
    </message>
</context>
<context>
    <name>Ideas</name>
    <message>
        <source>Wide &amp; Deep</source>
        <translation>Wide &amp; Deep</translation>
    </message>
    <message>
        <source>memorise and generalise</source>
        <translation>记忆与泛化</translation>
    </message>
    <message>
        <source>Train on Census</source>
        <translation>用人口普查数据训练</translation>
    </message>
    <message>
        <source>Cheng et al. 2016</source>
        <translation>Cheng 等，2016</translation>
    </message>
    <message>
        <source>One half memorises which pairs go together; the other places every word in a space and generalises to unseen pairs. Both are trained as one logit.</source>
        <translation>一半记住哪些配对在一起，另一半把每个词放进一个空间，从而触及无人见过的配对。两者作为一个 logit 一起训练。</translation>
    </message>
    <message>
        <source>YoutubeDNN</source>
        <translation>YoutubeDNN</translation>
    </message>
    <message>
        <source>millions → hundreds → dozens</source>
        <translation>数百万 → 数百 → 数十</translation>
    </message>
    <message>
        <source>Train on MovieLens</source>
        <translation>在 MovieLens 上训练</translation>
    </message>
    <message>
        <source>Train on the video site</source>
        <translation>用视频网站训练</translation>
    </message>
    <message>
        <source>Covington et al. 2016</source>
        <translation>Covington 等，2016</translation>
    </message>
    <message>
        <source>A network turns what a user watched into one vector u; the nearest items are the candidates, and a second network ranks them.</source>
        <translation>网络把某人看过的内容变成一个向量 u；最近的物品是候选，第二个网络再给它们排序。</translation>
    </message>
    <message>
        <source>Train its ranking</source>
        <translation>训练它的排序</translation>
    </message>
</context>
<context>
    <name>ImageOutput</name>
    <message>
        <source>Probability of every class</source>
        <translation>各类别的概率</translation>
    </message>
    <message>
        <source>Try it: draw one</source>
        <translation>试一试：画一个</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>绘制</translation>
    </message>
    <message>
        <source>Test image</source>
        <translation>测试图像</translation>
    </message>
    <message>
        <source>Draw here</source>
        <translation>在这里画</translation>
    </message>
    <message>
        <source>What the network sees</source>
        <translation>网络看到的样子</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Draw an image and see which class the network predicts</source>
        <translation>画一张图，看网络把它认成什么</translation>
    </message>
    <message>
        <source>Show an image that the network wasn&apos;t trained on</source>
        <translation>显示一张没有用于训练的图像</translation>
    </message>
    <message>
        <source>Clear the drawing (Delete)</source>
        <translation>清除图画（Delete）</translation>
    </message>
    <message>
        <source>Remove the last stroke (Backspace)</source>
        <translation>去掉最后一笔（Backspace）</translation>
    </message>
    <message>
        <source>Another</source>
        <translation>换一张</translation>
    </message>
    <message>
        <source>The next test image</source>
        <translation>下一张测试图像</translation>
    </message>
    <message>
        <source>Its pass</source>
        <translation>它的传播</translation>
    </message>
    <message>
        <source>Play the pass of this image, stage by stage</source>
        <translation>播放这张图像的传播过程，逐阶段进行</translation>
    </message>
    <message>
        <source>it sees, {height} × {width}</source>
        <translation>网络所见，{height} × {width}</translation>
    </message>
    <message>
        <source>Nothing is drawn yet</source>
        <translation>还没有画任何内容</translation>
    </message>
    <message>
        <source>The image as the network sees it: each pixel is the amount of ink in its square. {share} is ink.</source>
        <translation>网络得到的图像：每个像素统计它那一格里的墨迹。墨迹占 {share}。</translation>
    </message>
    <message>
        <source>Draw, and see here which class the network predicts.</source>
        <translation>画一个，在这里看网络把它认成什么。</translation>
    </message>
    <message>
        <source>{share}, next: {name} with {next}</source>
        <translation>{share}，其次：{name}，{next}</translation>
    </message>
    <message>
        <source>It is: {name}</source>
        <translation>这是：{name}</translation>
    </message>
    <message>
        <source>right</source>
        <translation>对</translation>
    </message>
    <message>
        <source>wrong: it is {name}</source>
        <translation>错：应为 {name}</translation>
    </message>
    <message>
        <source>no answer yet</source>
        <translation>尚无回答</translation>
    </message>
</context>
<context>
    <name>ImagesPanel</name>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Images the network is trained on</source>
        <translation>用于训练网络的图像</translation>
    </message>
    <message>
        <source>Images it is tested on and never learns from</source>
        <translation>用来测试、从不用于学习的图像</translation>
    </message>
    <message>
        <source>Images of the data set</source>
        <translation>数据集的图像</translation>
    </message>
    <message>
        <source>more ›</source>
        <translation>更多 ›</translation>
    </message>
    <message>
        <source>The next images</source>
        <translation>下一批图像</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Only images of “{name}”</source>
        <translation>只显示“{name}”的图像</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Only images of one class</source>
        <translation>只显示一个类别的图像</translation>
    </message>
    <message>
        <source>Image {row}: {name}. Click to see what the network predicts.</source>
        <translation>图像 {row}：{name}。点击查看网络把它认成什么。</translation>
    </message>
    <message>
        <source>{shown} of {count} images</source>
        <translation>{count} 张图像中的 {shown} 张</translation>
    </message>
</context>
<context>
    <name>ImportPreview</name>
    <message>
        <source>The first rows of the file</source>
        <translation>文件的前几行</translation>
    </message>
    <message>
        <source>target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>未采用</translation>
    </message>
    <message>
        <source>date → days</source>
        <translation>日期 → 天数</translation>
    </message>
    <message>
        <source>number</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>category, {count} values</source>
        <translation>类别，{count} 种值</translation>
    </message>
    <message>
        <source>category, one value</source>
        <translation>类别，只有一种值</translation>
    </message>
    <message>
        <source>cannot be used</source>
        <translation>无法使用</translation>
    </message>
    <message>
        <source>{use}, {count} missing</source>
        <translation>{use}，缺失 {count} 个</translation>
    </message>
</context>
<context>
    <name>ImportReadings</name>
    <message>
        <source>decide from the file</source>
        <translation>根据文件决定</translation>
    </message>
    <message>
        <source>are the names</source>
        <translation>是列名</translation>
    </message>
    <message>
        <source>are data</source>
        <translation>是数据</translation>
    </message>
    <message>
        <source>First line</source>
        <translation>首行</translation>
    </message>
    <message>
        <source>Whether the first line holds the columns&apos; names</source>
        <translation>首行是不是各列的名称</translation>
    </message>
    <message>
        <source>count the days since the earliest</source>
        <translation>计算距最早日期的天数</translation>
    </message>
    <message>
        <source>count the days; 03/04 is in April</source>
        <translation>计算天数；03/04 是 4 月</translation>
    </message>
    <message>
        <source>count the days; 03/04 is in March</source>
        <translation>计算天数；03/04 是 3 月</translation>
    </message>
    <message>
        <source>leave them out</source>
        <translation>不采用</translation>
    </message>
    <message>
        <source>treat them as text</source>
        <translation>当作文本</translation>
    </message>
    <message>
        <source>What to do with columns of dates</source>
        <translation>日期列怎么处理</translation>
    </message>
    <message>
        <source>Dates</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>point: 1,234.5</source>
        <translation>点：1,234.5</translation>
    </message>
    <message>
        <source>comma: 1.234,5</source>
        <translation>逗号：1.234,5</translation>
    </message>
    <message>
        <source>Decimal sign</source>
        <translation>小数点符号</translation>
    </message>
    <message>
        <source>How numbers are written in this file</source>
        <translation>此文件中数值的写法</translation>
    </message>
    <message>
        <source>First &amp;line</source>
        <translation>首行(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dates</source>
        <translation>日期(&amp;D)</translation>
    </message>
    <message>
        <source>Decimal &amp;sign</source>
        <translation>小数点符号(&amp;S)</translation>
    </message>
</context>
<context>
    <name>ImportSheet</name>
    <message>
        <source>Import {name}</source>
        <translation>导入 {name}</translation>
    </message>
    <message>
        <source>Looking into the file…</source>
        <translation>正在查看文件…</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>正在读取文件</translation>
    </message>
    <message>
        <source>How the file was read</source>
        <translation>文件是怎样读取的</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>decide from the target</source>
        <translation>根据目标决定</translation>
    </message>
    <message>
        <source>two classes</source>
        <translation>二分类</translation>
    </message>
    <message>
        <source>several classes</source>
        <translation>多分类</translation>
    </message>
    <message>
        <source>a number (regression)</source>
        <translation>数值（回归）</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>drop the row</source>
        <translation>丢弃该行</translation>
    </message>
    <message>
        <source>Missing values</source>
        <translation>缺失值</translation>
    </message>
    <message>
        <source>The first rows as written in the file</source>
        <translation>文件前几行的原样</translation>
    </message>
    <message>
        <source>The column for the network to predict</source>
        <translation>要让网络预测的列</translation>
    </message>
    <message>
        <source>The kind of task, if it isn&apos;t what it looks like</source>
        <translation>任务的类型，若与看上去的不同</translation>
    </message>
    <message>
        <source>use the mean, or a level of its own</source>
        <translation>填入均值，或单独作为一个类别</translation>
    </message>
    <message>
        <source>What to do with missing inputs</source>
        <translation>输入缺失时怎么处理</translation>
    </message>
    <message>
        <source>Inputs of similar size train far better; measured on the training rows only</source>
        <translation>大小相近的输入训练效果好得多；只用训练行来计算</translation>
    </message>
    <message>
        <source>&amp;Target</source>
        <translation>目标(&amp;T)</translation>
    </message>
    <message>
        <source>Tas&amp;k</source>
        <translation>任务(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Missing values</source>
        <translation>缺失值(&amp;M)</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>The columns the network sees</source>
        <translation>网络看得到的列</translation>
    </message>
    <message>
        <source>&amp;Inputs</source>
        <translation>输入(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>Keep the current data</source>
        <translation>保留现有数据</translation>
    </message>
    <message>
        <source>&amp;Use this data</source>
        <translation>使用此数据(&amp;U)</translation>
    </message>
    <message>
        <source>Use the file as the data set; the network&apos;s input and output adapt to it</source>
        <translation>把该文件作为数据集；网络的输入和输出会随之调整</translation>
    </message>
    <message>
        <source>the first {count} are shown</source>
        <translation>只显示前 {count} 列</translation>
    </message>
    <message>
        <source>One row, {columns} columns</source>
        <translation>1 行，{columns} 列</translation>
    </message>
    <message>
        <source>Scale num&amp;bers to mean 0, deviation 1</source>
        <translation>把数值缩放到均值 0、标准差 1(&amp;B)</translation>
    </message>
    <message>
        <source>{rows} rows, {columns} columns</source>
        <translation>{rows} 行，{columns} 列</translation>
    </message>
</context>
<context>
    <name>Impressions</name>
    <message>
        <source>user&apos;s language</source>
        <translation>用户语言</translation>
    </message>
    <message>
        <source>video&apos;s language</source>
        <translation>视频语言</translation>
    </message>
    <message>
        <source>topic</source>
        <translation>话题</translation>
    </message>
    <message>
        <source>country</source>
        <translation>国家</translation>
    </message>
    <message>
        <source>device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>gender</source>
        <translation>性别</translation>
    </message>
    <message>
        <source>age</source>
        <translation>年龄</translation>
    </message>
    <message>
        <source>since its topic, h</source>
        <translation>距上次同话题，小时</translation>
    </message>
    <message>
        <source>since its creator, h</source>
        <translation>距上次同创作者，小时</translation>
    </message>
    <message>
        <source>shown before</source>
        <translation>此前展示次数</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>impression</source>
        <translation>展示</translation>
    </message>
    <message>
        <source>watched, averaged</source>
        <translation>看过的（取均值）</translation>
    </message>
    <message>
        <source>user</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>{count} videos</source>
        <translation>{count} 个视频</translation>
    </message>
    <message>
        <source>1 video</source>
        <translation>1 个视频</translation>
    </message>
    <message>
        <source>{count}: {videos}</source>
        <translation>{count}：{videos}</translation>
    </message>
</context>
<context>
    <name>InputsPanel</name>
    <message>
        <source>Truth table</source>
        <translation>真值表</translation>
    </message>
    <message>
        <source>The line of inputs</source>
        <translation>输入的数轴</translation>
    </message>
    <message>
        <source>The plane of inputs</source>
        <translation>输入的平面</translation>
    </message>
    <message>
        <source>The cube of inputs</source>
        <translation>输入的立方体</translation>
    </message>
    <message>
        <source>drag the boundary</source>
        <translation>拖动分界点</translation>
    </message>
    <message>
        <source>drag the line or its arrow</source>
        <translation>拖动直线或其箭头</translation>
    </message>
    <message>
        <source>turn it, drag the plane</source>
        <translation>可转动，可拖动平面</translation>
    </message>
    <message>
        <source>hidden while you guess</source>
        <translation>猜测期间隐藏</translation>
    </message>
    <message>
        <source>{right} of {total} right</source>
        <translation>{total} 个中 {right} 个正确</translation>
    </message>
    <message>
        <source>{known} of {total} known</source>
        <translation>已知 {known}/{total}</translation>
    </message>
</context>
<context>
    <name>InputsView</name>
    <message>
        <source>The cube of inputs</source>
        <translation>输入的立方体</translation>
    </message>
    <message>
        <source>The plane of inputs</source>
        <translation>输入的平面</translation>
    </message>
</context>
<context>
    <name>InspectorPanel</name>
    <message>
        <source>The block&apos;s name; type another</source>
        <translation>模块的名称；可以改成别的</translation>
    </message>
    <message>
        <source>Name of the block</source>
        <translation>模块名称</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>The activation, its curve, and where the units work on it</source>
        <translation>激活函数、它的曲线，以及单元工作在曲线的何处</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>How many units there are, and how their weights are initialised</source>
        <translation>有多少单元，它们的权重如何初始化</translation>
    </message>
    <message>
        <source>What the block computes, and facts about its activation</source>
        <translation>块计算什么，以及关于其激活函数的已知性质</translation>
    </message>
    <message>
        <source>Another block of this kind is selected and changes with it.</source>
        <translation>另外还选中了一个同类模块，会一起改变。</translation>
    </message>
    <message>
        <source>{count} more blocks of this kind are selected and change with it.</source>
        <translation>另外还选中了 {count} 个同类模块，会一起改变。</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>公式</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>shape unknown</source>
        <translation>形状未知</translation>
    </message>
    <message>
        <source>Change {name}</source>
        <translation>改变{name}</translation>
    </message>
    <message>
        <source>Change activation</source>
        <translation>改变激活函数</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
</context>
<context>
    <name>InstallPage</name>
    <message>
        <source>Install what the recommenders need</source>
        <translation>安装推荐器所需的软件包</translation>
    </message>
    <message>
        <source>The installation ended, but this is still missing: {packages}.</source>
        <translation>安装已结束，但仍缺少：{packages}。</translation>
    </message>
    <message>
        <source>Check again whether the obstacle is gone</source>
        <translation>重新检查妨碍安装的问题是否已解决</translation>
    </message>
    <message>
        <source>Install {package}</source>
        <translation>安装 {package}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>The command to type in a terminal</source>
        <translation>在终端中输入的命令</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>Recommend needs {package}</source>
        <translation>“推荐”需要 {package}</translation>
    </message>
    <message>
        <source>Not installed: {packages}. About {download} GB to download and {disk} GB on the disk, with the build for NVIDIA GPUs.</source>
        <translation>尚未安装：{packages}。NVIDIA GPU 版本约需下载 {download} GB，占用磁盘 {disk} GB。</translation>
    </message>
    <message>
        <source>Not installed: {packages}. About {download} GB to download and {disk} GB on the disk.</source>
        <translation>尚未安装：{packages}。约需下载 {download} GB，占用磁盘 {disk} GB。</translation>
    </message>
    <message>
        <source>Start a Neuroloom that has it, in a terminal:</source>
        <translation>在终端中启动带有它的 Neuroloom：</translation>
    </message>
    <message>
        <source>Asking the package registry …</source>
        <translation>正在查询软件包仓库……</translation>
    </message>
    <message>
        <source>Cancelling …</source>
        <translation>正在取消……</translation>
    </message>
    <message>
        <source>“{path}” can&apos;t be written to.</source>
        <translation>无法写入“{path}”。</translation>
    </message>
    <message>
        <source>Downloading {package}, {size} …</source>
        <translation>正在下载 {package}，{size}……</translation>
    </message>
    <message>
        <source>Stop and leave everything as it was</source>
        <translation>停止安装，一切保持原样</translation>
    </message>
    <message>
        <source>Without GPU support; needs a tenth of the space</source>
        <translation>不使用 GPU：所需空间约为十分之一</translation>
    </message>
    <message>
        <source>PyTorch&apos;s CPU-only build: enough for all examples here</source>
        <translation>仅用处理器的 PyTorch 版本：足以运行这里的所有示例</translation>
    </message>
    <message>
        <source>Progress of the installation</source>
        <translation>安装进度</translation>
    </message>
    <message>
        <source>The installer&apos;s output</source>
        <translation>安装程序的输出</translation>
    </message>
    <message>
        <source>Two recommenders, Wide &amp; Deep and YoutubeDNN, learn from real data here and explain why they recommend what they do.</source>
        <translation>Wide &amp; Deep 和 YoutubeDNN 两个推荐器在这里学习真实数据，并说明为什么这样推荐。</translation>
    </message>
    <message>
        <source>Or do it yourself, in a terminal:</source>
        <translation>或在终端中手动安装：</translation>
    </message>
    <message>
        <source>Putting it in place …</source>
        <translation>正在写入……</translation>
    </message>
    <message>
        <source>Cancelled. Everything is as it was.</source>
        <translation>已取消，一切保持原样。</translation>
    </message>
    <message>
        <source>PyTorch&apos;s own index, which has a smaller build, can&apos;t be reached. Try later, or install the larger one.</source>
        <translation>无法连接 PyTorch 自己的软件源（那里有较小的版本）。请稍后再试，或安装较大的版本。</translation>
    </message>
    <message>
        <source>Installs into Neuroloom&apos;s own environment; the other workspaces stay usable meanwhile</source>
        <translation>安装到 Neuroloom 所在的环境；其间其他工作区照常使用</translation>
    </message>
    <message>
        <source>Nothing can be added to a Neuroloom started with uvx.</source>
        <translation>由 uvx 运行的 Neuroloom 无法添加任何软件包。</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>Install {download} GB</source>
        <translation>安装 {download} GB</translation>
    </message>
</context>
<context>
    <name>ItemMapPanel</name>
    <message>
        <source>Colours of the map</source>
        <translation>地图的颜色</translation>
    </message>
    <message>
        <source>Colour by</source>
        <translation>着色依据</translation>
    </message>
    <message>
        <source>What the colours of the items mean</source>
        <translation>物品的颜色表示什么</translation>
    </message>
    <message>
        <source>Find an item by part of its title and fly there (Ctrl+F); ↓ lists what is in view</source>
        <translation>按标题的一部分查找物品并飞到那里（Ctrl+F）；↓ 列出视野中的物品</translation>
    </message>
    <message>
        <source>Find an item</source>
        <translation>查找物品</translation>
    </message>
    <message>
        <source>ITEM MAP</source>
        <translation>物品地图</translation>
    </message>
    <message>
        <source>Tour</source>
        <translation>巡游</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>转动</translation>
    </message>
    <message>
        <source>First two</source>
        <translation>前两个方向</translation>
    </message>
    <message>
        <source>Turn slowly through all directions, so hidden items come into view</source>
        <translation>缓慢转过所有方向，让藏在后面的东西进入视野</translation>
    </message>
    <message>
        <source>Back to the first two directions</source>
        <translation>回到前两个方向</translation>
    </message>
    <message>
        <source>Turn back to the two directions that show most of the variance</source>
        <translation>转回显示分散程度最多的两个方向</translation>
    </message>
    <message>
        <source>Nearer</source>
        <translation>更近</translation>
    </message>
    <message>
        <source>Zoom into the map</source>
        <translation>从更近处看地图</translation>
    </message>
    <message>
        <source>Farther</source>
        <translation>更远</translation>
    </message>
    <message>
        <source>Zoom out of the map</source>
        <translation>从更远处看地图</translation>
    </message>
    <message>
        <source>Whole map</source>
        <translation>整张地图</translation>
    </message>
    <message>
        <source>Show all of the map</source>
        <translation>显示整张地图</translation>
    </message>
    <message>
        <source>Item map</source>
        <translation>物品地图</translation>
    </message>
    <message>
        <source>Drag to turn the map by hand (or drag with Ctrl; arrows with Shift)</source>
        <translation>拖动以手动转动地图（也可按住 Ctrl 拖动，或按 Shift 加方向键）</translation>
    </message>
    <message>
        <source>other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>{title} is picked</source>
        <translation>已选中 {title}</translation>
    </message>
</context>
<context>
    <name>Judge</name>
    <message>
        <source>Not computed: the network has been trained further since. Look again first.</source>
        <translation>未算出：网络此后又训练过了。请先重新查看。</translation>
    </message>
</context>
<context>
    <name>KeptModel</name>
    <message>
        <source>in truth yes</source>
        <translation>实际为是</translation>
    </message>
    <message>
        <source>in truth no</source>
        <translation>实际为否</translation>
    </message>
    <message>
        <source>P({goal}) = {probability}, {truth}: right</source>
        <translation>P({goal}) = {probability}，{truth}：正确</translation>
    </message>
    <message>
        <source>P({goal}) = {probability}, {truth}: wrong</source>
        <translation>P({goal}) = {probability}，{truth}：错误</translation>
    </message>
    <message>
        <source>row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>P({goal})</source>
        <translation>P({goal})</translation>
    </message>
</context>
<context>
    <name>LayerCard</name>
    <message>
        <source>One unit is enough</source>
        <translation>一个单元就够</translation>
    </message>
    <message>
        <source>✓ {right} of {total} right</source>
        <translation>✓ {total} 个中对了 {right} 个</translation>
    </message>
    <message>
        <source>Without weights it does the same for every input: {values}.</source>
        <translation>不用权重，它对每个输入的输出都相同：{values}。</translation>
    </message>
    <message>
        <source>Set it like this</source>
        <translation>这样设置</translation>
    </message>
    <message>
        <source>Of all whole-number weights from −2 to 2, these keep the greatest distance from the points: {values}.</source>
        <translation>在 −2 到 2 的所有整数权重中，这一组离各点最远：{values}。</translation>
    </message>
    <message>
        <source>Use these weights; you can undo it</source>
        <translation>采用这组权重；撤销可恢复原状</translation>
    </message>
    <message>
        <source>Two lines and a third unit do it</source>
        <translation>两条直线加第三个单元就能做到</translation>
    </message>
    <message>
        <source>Two planes and a third unit do it</source>
        <translation>两个平面加第三个单元就能做到</translation>
    </message>
    <message>
        <source>Open this network, solved, in the playground (H)</source>
        <translation>在游乐场中打开这个已解好的网络 (H)</translation>
    </message>
    <message>
        <source>Two planes are not enough here</source>
        <translation>这里两个平面不够</translation>
    </message>
    <message>
        <source>This table needs three hidden units. Try majority, or another target.</source>
        <translation>这张真值表需要三个隐藏单元：请试多数表决，或换一个目标。</translation>
    </message>
    <message>
        <source>Your neuron becomes h₁, where 0 and 1 lie at −3 and 3, so b = {b} becomes {there}.</source>
        <translation>你的神经元作为 h₁ 保留下来，0 和 1 在那里位于 −3 和 3，所以 b = {b} 变为 {there}。</translation>
    </message>
    <message>
        <source>Your neuron&apos;s line doesn&apos;t help here, so h₁ uses another one.</source>
        <translation>你的神经元的直线在此没有帮助，所以 h₁ 用另一条。</translation>
    </message>
    <message>
        <source>The playground&apos;s plane has two inputs, so only tables of two open there.</source>
        <translation>游乐场的平面只有两个输入，所以只有两个输入的真值表能在那里打开。</translation>
    </message>
    <message>
        <source>Add a hidden layer</source>
        <translation>添加隐藏层</translation>
    </message>
</context>
<context>
    <name>LayerDesk</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
</context>
<context>
    <name>LayerOrigins</name>
    <message>
        <source>How much of the error signal of {layer}, the last hidden layer, arrives here.</source>
        <translation>最后一个隐藏层 {layer} 的误差信号有多少传到了这里。</translation>
    </message>
    <message>
        <source>{layer} is the last hidden layer, by which the others are measured.</source>
        <translation>{layer} 是最后一个隐藏层，其他各层都以它为基准。</translation>
    </message>
    <message>
        <source>error signal of {layer} over that of {reference}</source>
        <translation>{layer} 的误差信号与 {reference} 的误差信号之比</translation>
    </message>
    <message>
        <source>size of the error signal of {layer}</source>
        <translation>{layer} 的误差信号的大小</translation>
    </message>
    <message>
        <source>Over the latest {steps} steps, each measured with the weights that it had. Those weights aren&apos;t kept, so the ‖δ‖ of a single step can&apos;t be worked out again here.</source>
        <translation>取自最近 {steps} 步，每一步都用当时的权重测得。那些权重未保留，因此这里无法重新算出单独某一步的 ‖δ‖。</translation>
    </message>
    <message>
        <source>Measured on {rows} training rows with the weights after step {step}.</source>
        <translation>在 {rows} 行训练数据上测得，所用权重为第 {step} 步之后的权重。</translation>
    </message>
    <message>
        <source>Dropout and batch statistics make each pass another one, so it can&apos;t be worked out again here.</source>
        <translation>由于 Dropout 或批统计量，每次前向与反向传播都不相同，因此这里无法重新算出。</translation>
    </message>
    <message>
        <source>Measured at the latest step or, while none is done with these weights, at one over the training rows on a copy. The weights before that step aren&apos;t kept, so it can&apos;t be worked out again here.</source>
        <translation>在最近一步测得；若尚未用这些权重走过任何一步，则是在副本上用训练数据试走一步测得。该步之前的权重未保留，因此这里无法重新算出。</translation>
    </message>
    <message>
        <source>update ÷ weight of {layer}</source>
        <translation>{layer} 的更新量 ÷ 权重</translation>
    </message>
</context>
<context>
    <name>LayerPicture</name>
    <message>
        <source>yours</source>
        <translation>你的</translation>
    </message>
    <message>
        <source>yours: {right} of {total}</source>
        <translation>你的：{total} 个中对了 {right} 个</translation>
    </message>
    <message>
        <source>one that works</source>
        <translation>可行的一个</translation>
    </message>
    <message>
        <source>A unit that solves this table</source>
        <translation>能解决此表的单元</translation>
    </message>
    <message>
        <source>the table</source>
        <translation>真值表</translation>
    </message>
</context>
<context>
    <name>LayerWatch</name>
    <message>
        <source>No network is open. Open one in the playground to count its z here.</source>
        <translation>没有打开的网络；在游乐场中打开一个，这里就会统计它的 z。</translation>
    </message>
    <message>
        <source>The playground&apos;s network has no values now. Fix the problem shown there to see its z.</source>
        <translation>游乐场的网络现在没有数值；按那里的提示修正之后，就会有它的 z。</translation>
    </message>
    <message>
        <source>The network has no layer with an activation; add one in the playground.</source>
        <translation>这个网络没有带激活函数的层；请在游乐场中添加一个。</translation>
    </message>
    <message>
        <source>The layer&apos;s z couldn&apos;t be counted: {reason}</source>
        <translation>无法统计该层的 z：{reason}</translation>
    </message>
    <message>
        <source>not yet: being counted</source>
        <translation>尚无：正在统计</translation>
    </message>
</context>
<context>
    <name>LearnTab</name>
    <message>
        <source>Learning rate η</source>
        <translation>学习率 η</translation>
    </message>
    <message>
        <source>How much one wrong row changes the weights</source>
        <translation>一行错误使权重改变多少</translation>
    </message>
    <message>
        <source>One moment …</source>
        <translation>请稍候……</translation>
    </message>
    <message>
        <source>Play shows the rows in turn.</source>
        <translation>播放时依次给出各行。</translation>
    </message>
    <message>
        <source>The run ends here. Guess the rows to find out whether it learnt them.</source>
        <translation>训练到此结束。猜一猜各行，就知道它是否学会了。</translation>
    </message>
    <message>
        <source>There is nothing to learn: every row is already right. Change a weight, then play.</source>
        <translation>没有可学的：每一行都已经对了。先改变一个权重，再播放。</translation>
    </message>
    <message>
        <source>Row {row}, target {t}: guess what this step changes.</source>
        <translation>第 {row} 行，目标 {t}：猜猜这一步会改变什么。</translation>
    </message>
    <message>
        <source>Row {row}, target {t}: guess its sum to find out what this step did.</source>
        <translation>{row} 行，目标 {t}：先猜它的和，就会知道这一步做了什么。</translation>
    </message>
    <message>
        <source>Row {row}, target {t}: y = {y}, so nothing changes.</source>
        <translation>第 {row} 行，目标 {t}：y = {y}，所以什么也不变。</translation>
    </message>
    <message>
        <source>Row {row}, target {t}: y = {y}, so the weights move.</source>
        <translation>第 {row} 行，目标 {t}：y = {y}，所以权重要调整。</translation>
    </message>
    <message>
        <source>Row {row}, target {t}: y was {y}, so the weights moved.</source>
        <translation>第 {row} 行，目标 {t}：y 原为 {y}，所以权重动了。</translation>
    </message>
    <message>
        <source>Row {row}, target {t}: y = {y}, so the weights moved; y is still {y}.</source>
        <translation>第 {row} 行，目标 {t}：y = {y}，所以权重改变了；y 仍为 {y}。</translation>
    </message>
    <message>
        <source>Row {row}, target {t}: y was {y}, so the weights moved; now y = {after}.</source>
        <translation>第 {row} 行，目标 {t}：原来 y = {y}，所以权重改变了；现在 y = {after}。</translation>
    </message>
    <message>
        <source>boundary</source>
        <translation>分界</translation>
    </message>
    <message>
        <source>line</source>
        <translation>直线</translation>
    </message>
    <message>
        <source>plane</source>
        <translation>平面</translation>
    </message>
    <message>
        <source>It goes round in circles: after {count} steps everything is as it was after {since}. No line can do it.</source>
        <translation>它永远循环下去：{count} 步之后，一切又与 {since} 步之后相同。没有直线能做到。</translation>
    </message>
    <message>
        <source>Stopped after {count} steps: the next would exceed ±{reach}. Start with smaller weights or a smaller rate.</source>
        <translation>{count} 步之后停止：下一步会超出 ±{reach}。请从更小的权重或学习率开始。</translation>
    </message>
    <message>
        <source>Learnt after {count} steps: every row is right.</source>
        <translation>{count} 步之后学会：每一行都对。</translation>
    </message>
    <message>
        <source>A wrong row changes the weights by η (t − y) x, which moves the {boundary} (Rosenblatt, 1958); that needs no slope of the step.</source>
        <translation>错误的行使权重改变 η (t − y) x，{boundary}随之移动（Rosenblatt，1958）；这不需要阶跃函数的斜率。</translation>
    </message>
    <message>
        <source>Each row changes the weights by η (t − y) x, which moves the {boundary}: down the gradient of the cross-entropy, in which the slope y (1 − y) cancels.</source>
        <translation>每一行都使权重改变 η (t − y) x，{boundary}随之移动：沿交叉熵的梯度下降，其中斜率 y (1 − y) 被约去。</translation>
    </message>
    <message>
        <source>Each row changes the weights by η (t − y) x, which moves the {boundary}: down the gradient of the cross-entropy of (1 + y)/2, in which the slope 1 − y² cancels.</source>
        <translation>每一行都使权重改变 η (t − y) x，{boundary}随之移动：沿 (1 + y)/2 的交叉熵的梯度下降，其中斜率 1 − y² 被约去。</translation>
    </message>
    <message>
        <source>Not learnt in {count} steps.</source>
        <translation>{count} 步之内没有学会。</translation>
    </message>
</context>
<context>
    <name>Learner</name>
    <message>
        <source>Learning</source>
        <translation>学习</translation>
    </message>
</context>
<context>
    <name>Leaving</name>
    <message>
        <source>Otherwise they are lost.</source>
        <translation>否则将会丢失。</translation>
    </message>
    <message>
        <source>Save the changes to {count} documents?</source>
        <translation>要保存对 {count} 个文档的更改吗？</translation>
    </message>
    <message>
        <source>&amp;Save all</source>
        <translation>全部保存(&amp;S)</translation>
    </message>
    <message>
        <source>One by &amp;one…</source>
        <translation>逐个处理(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Discard all</source>
        <translation>全部放弃(&amp;D)</translation>
    </message>
</context>
<context>
    <name>LeftColumn</name>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Blocks</source>
        <translation>模块</translation>
    </message>
    <message>
        <source>drag to the canvas</source>
        <translation>拖到画布上</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>特征</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Data, blocks, features and optimiser</source>
        <translation>数据、模块、特征和优化器</translation>
    </message>
    <message>
        <source>What the left panel shows</source>
        <translation>左侧面板显示什么</translation>
    </message>
    <message>
        <source>Example</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>What this example shows, what to watch and what to change next</source>
        <translation>这个示例说明什么、看什么、接下来改什么</translation>
    </message>
    <message>
        <source>Build</source>
        <translation>搭建</translation>
    </message>
</context>
<context>
    <name>LeftPanel</name>
    <message>
        <source>Drawn for two units, (x, 0), where it is the logistic function.</source>
        <translation>按两个单元 (x, 0) 绘制，这时它就是 logistic 函数。</translation>
    </message>
    <message>
        <source>up to {count}</source>
        <translation>最多 {count} 个</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Your own</source>
        <translation>自定义</translation>
    </message>
    <message>
        <source>What to compare</source>
        <translation>参与比较的函数</translation>
    </message>
    <message>
        <source>Histogram from</source>
        <translation>直方图来源</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>The layer whose z are counted under the curves, live</source>
        <translation>曲线下方的 z 来自哪一层，实时计数</translation>
    </message>
    <message>
        <source>{layer} ({function})</source>
        <translation>{layer}（{function}）</translation>
    </message>
    <message>
        <source>{rows} training samples × {units} units = {count} z</source>
        <translation>{rows} 个训练样本 × {units} 个单元 = {count} 个 z</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>tile: its weights over the pixels · bar below: its current output</source>
        <translation>小图：它在各像素上的权重 · 下方条形：它现在的回答</translation>
    </message>
    <message>
        <source>tile: its output over the plane</source>
        <translation>小图：它在平面上的输出</translation>
    </message>
    <message>
        <source>tile: a slice over {across} and {up}, the other features at their mean</source>
        <translation>小图：{across} 与 {up} 上的切面，其他特征固定在各自的均值</translation>
    </message>
    <message>
        <source>weight −, +</source>
        <translation>权重 −, +</translation>
    </message>
    <message>
        <source>A low output is {negative}, a high one {positive}; pale is undecided</source>
        <translation>输出低为{negative}，高为{positive}；颜色越淡越不确定</translation>
    </message>
    <message>
        <source>The colour is the class, its strength how far it is ahead of the second</source>
        <translation>颜色表示类别，深浅表示它领先第二名多少</translation>
    </message>
</context>
<context>
    <name>Lesson</name>
    <message>
        <source>Point at all six parts</source>
        <translation>点亮全部六个部分</translation>
    </message>
    <message>
        <source>AND, OR and NOT</source>
        <translation>AND、OR 和 NOT</translation>
    </message>
    <message>
        <source>XOR: look at all settings</source>
        <translation>XOR：查看所有设置</translation>
    </message>
    <message>
        <source>Let it learn a table</source>
        <translation>让它学会一张真值表</translation>
    </message>
    <message>
        <source>Add a hidden layer</source>
        <translation>添加隐藏层</translation>
    </message>
    <message>
        <source>Done: {goal}</source>
        <translation>完成：{goal}</translation>
    </message>
    <message>
        <source>{done} of {all} done</source>
        <translation>已完成 {done}/{all}</translation>
    </message>
    <message>
        <source>{goal} · {seen} of {all}</source>
        <translation>{goal} · {seen}/{all}</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>open</source>
        <translation>未完成</translation>
    </message>
</context>
<context>
    <name>LineChart</name>
    <message>
        <source>A curve grows here while the network trains.</source>
        <translation>网络训练时，曲线会在这里延伸。</translation>
    </message>
    <message>
        <source>epoch {epoch}</source>
        <translation>第 {epoch} 轮</translation>
    </message>
    <message>
        <source>epoch {epoch} · step {step}</source>
        <translation>第 {epoch} 轮 · 第 {step} 步</translation>
    </message>
</context>
<context>
    <name>LinkDialog</name>
    <message>
        <source>Open link</source>
        <translation>打开链接</translation>
    </message>
    <message>
        <source>&amp;Link to a network</source>
        <translation>网络的链接(&amp;L)</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>The whole address, including the part after #</source>
        <translation>完整的地址，连同 # 后面的内容</translation>
    </message>
    <message>
        <source>Open it instead of the current network</source>
        <translation>打开它，替换当前网络</translation>
    </message>
</context>
<context>
    <name>ListPanel</name>
    <message>
        <source>How many are shown</source>
        <translation>展示多少件</translation>
    </message>
    <message>
        <source>The funnel</source>
        <translation>漏斗</translation>
    </message>
    <message>
        <source>the list</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>Watched, so not shown again: {titles}</source>
        <translation>看过，因此不再展示：{titles}</translation>
    </message>
    <message>
        <source>{place} {edit}</source>
        <translation>{place} {edit}</translation>
    </message>
    <message>
        <source>Its place by v·u: {steps}</source>
        <translation>它按 v·u 的名次：{steps}</translation>
    </message>
    <message>
        <source>Its place: {steps}</source>
        <translation>它的名次：{steps}</translation>
    </message>
    <message>
        <source>Show {count}, and evaluate on that many</source>
        <translation>展示 {count} 件，也按这么多件评判</translation>
    </message>
    <message>
        <source>What is recommended for this history</source>
        <translation>按这份历史展示的内容</translation>
    </message>
    <message>
        <source>What is recommended to {user}</source>
        <translation>展示给{user} 的内容</translation>
    </message>
    <message>
        <source>By similarity alone it is at rank {rank}.</source>
        <translation>只按远近它排第 {rank}。</translation>
    </message>
    <message>
        <source>{title} is now in the history, so it isn&apos;t recommended again.</source>
        <translation>{title} 现在在历史中，因此不再推荐。</translation>
    </message>
    <message>
        <source>Found: {title}, {mark}, is at place {rank} of the {count} shown.</source>
        <translation>找到：{title}（{mark}）在展示的 {count} 个中名次 {rank}。</translation>
    </message>
    <message>
        <source>Missed: {title}, {mark}, is candidate {rank}; the ranking network shows others.</source>
        <translation>错过：{title}（{mark}）是第 {rank} 个候选；排序网络展示了别的。</translation>
    </message>
    <message>
        <source>Missed: {title}, {mark}, is at place {rank}, a candidate that is not shown.</source>
        <translation>错过：{title}（{mark}）名次 {rank}，是候选但未展示。</translation>
    </message>
    <message>
        <source>Missed: {title}, {mark}, is at place {rank}, no candidate.</source>
        <translation>错过：{title}（{mark}）名次 {rank}，不是候选。</translation>
    </message>
    <message>
        <source>{count} watched {count:item is|items are} unknown to the network: {count:it goes|they go} to the bucket for unknown ones.</source>
        <translation>{count} 个看过的物品网络不认识：它们归入未知物品的桶。</translation>
    </message>
</context>
<context>
    <name>LogView</name>
    <message>
        <source>First rows</source>
        <translation>前几行</translation>
    </message>
    <message>
        <source>Events over time</source>
        <translation>事件随时间</translation>
    </message>
    <message>
        <source>both axes logarithmic</source>
        <translation>两轴均为对数</translation>
    </message>
    <message>
        <source>users by their events; {axes}</source>
        <translation>用户按事件数；{axes}</translation>
    </message>
    <message>
        <source>items by their events; {axes}</source>
        <translation>物品按事件数；{axes}</translation>
    </message>
    <message>
        <source>Length of histories</source>
        <translation>历史长度</translation>
    </message>
    <message>
        <source>Popularity</source>
        <translation>流行度</translation>
    </message>
    <message>
        <source>These data</source>
        <translation>这份数据</translation>
    </message>
    <message>
        <source>Users whose last event is held out from training</source>
        <translation>最后一次事件不参与训练的用户</translation>
    </message>
    <message>
        <source>Users with a randomly drawn event held out from training</source>
        <translation>随机抽取的一次事件不参与训练的用户</translation>
    </message>
    <message>
        <source>users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>items</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Rows that training reads</source>
        <translation>训练读取的行</translation>
    </message>
    <message>
        <source>held out</source>
        <translation>留出</translation>
    </message>
    <message>
        <source>{good}: each user&apos;s last event, held out to measure on</source>
        <translation>{good}：每位用户的最后一次事件，留出用于衡量</translation>
    </message>
    <message>
        <source>{good}: held out</source>
        <translation>{good}：留出</translation>
    </message>
    <message>
        <source>held out: an event of each user, drawn at random</source>
        <translation>留出：每位用户的一次事件，随机抽取</translation>
    </message>
    <message>
        <source>held out: at random</source>
        <translation>留出：随机抽取</translation>
    </message>
    <message>
        <source>logarithmic axis; {held}</source>
        <translation>对数坐标轴；{held}</translation>
    </message>
    <message>
        <source>tied in time</source>
        <translation>时间并列</translation>
    </message>
    <message>
        <source>rows left out</source>
        <translation>略去的行</translation>
    </message>
    <message>
        <source>To be known</source>
        <translation>须知</translation>
    </message>
    <message>
        <source>item</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>Items of the most events</source>
        <translation>事件最多的物品</translation>
    </message>
    <message>
        <source>Users with at least one event</source>
        <translation>有事件的用户</translation>
    </message>
    <message>
        <source>Items with at least one event</source>
        <translation>有人与之发生事件的物品</translation>
    </message>
    <message>
        <source>per user, median</source>
        <translation>每位用户，中位数</translation>
    </message>
    <message>
        <source>Events of a user: half of the users have fewer</source>
        <translation>一位用户的事件：一半用户更少</translation>
    </message>
    <message>
        <source>per item, median</source>
        <translation>每个物品，中位数</translation>
    </message>
    <message>
        <source>Events of an item: half of the items have fewer</source>
        <translation>一个物品的事件：一半物品更少</translation>
    </message>
    <message>
        <source>Events at the same time as another of the same user</source>
        <translation>与同一用户的另一事件时间相同的事件</translation>
    </message>
    <message>
        <source>Rows without a user, an item or a time, or with text in place of a number</source>
        <translation>没有用户、物品或时间的行，或应为数字处却是文字的行</translation>
    </message>
    <message>
        <source>No problems found in this data.</source>
        <translation>这份数据没有任何妨碍。</translation>
    </message>
    <message>
        <source>Most events, held-out ones included</source>
        <translation>事件最多，含留出的事件</translation>
    </message>
    <message>
        <source>length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Ratings</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Seconds watched</source>
        <translation>观看秒数</translation>
    </message>
    <message>
        <source>{items} of {all}</source>
        <translation>{items} / {all}</translation>
    </message>
</context>
<context>
    <name>Loss</name>
    <message>
        <source>train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试</translation>
    </message>
</context>
<context>
    <name>LossBody</name>
    <message>
        <source>The paper&apos;s data are YouTube&apos;s: compare the order, not the level. Without the powers it had {powers}, with clicks that all weigh the same {unweighted}.</source>
        <translation>论文的数据来自 YouTube：请比较次序，而非高低。论文中不加幂时为 {powers}，所有点击权重相同时为 {unweighted}。</translation>
    </message>
    <message>
        <source>Train the paper&apos;s next tower on the same impressions, alongside this one</source>
        <translation>在同样的展示上训练论文中的下一个塔；它与本次运行并行进行</translation>
    </message>
    <message>
        <source>{count} {count:epoch|epochs}</source>
        <translation>{count} 轮</translation>
    </message>
    <message>
        <source>{tower} is being trained: {epochs}</source>
        <translation>正在训练 {tower}：{epochs}</translation>
    </message>
    <message>
        <source>Train {tower}</source>
        <translation>训练 {tower}</translation>
    </message>
</context>
<context>
    <name>LossCard</name>
    <message>
        <source>Mispredicted watch time</source>
        <translation>预测错误的观看时长</translation>
    </message>
    <message>
        <source>weighted per-user loss in %, over {rows} held-out impressions</source>
        <translation>加权的逐用户损失（%），基于留出的 {rows} 次展示</translation>
    </message>
    <message>
        <source>Where something that was not clicked stands above something of its page that was, the latter&apos;s watch time is mispredicted; its share of all, on pages of ten impressions of {users} users who are not learned from</source>
        <translation>同一页上，未点击的若排在点击的之上，后者的观看时长就算预测错误；这里是它占总时长的比例，每页十次展示，取自 {users} 位未用于学习的用户</translation>
    </message>
    <message>
        <source>weighted per-user loss in %</source>
        <translation>加权的逐用户损失（%）</translation>
    </message>
</context>
<context>
    <name>LossView</name>
    <message>
        <source>{name}: paper {paper}, here {ours}</source>
        <translation>{name}：论文 {paper}，这里 {ours}</translation>
    </message>
    <message>
        <source>in the paper</source>
        <translation>论文中</translation>
    </message>
    <message>
        <source>here</source>
        <translation>这里</translation>
    </message>
    <message>
        <source>each video&apos;s mean</source>
        <translation>各视频的均值</translation>
    </message>
    <message>
        <source>the truth itself</source>
        <translation>真值本身</translation>
    </message>
    <message>
        <source>no hidden layer</source>
        <translation>无隐藏层</translation>
    </message>
    <message>
        <source>no powers</source>
        <translation>无幂</translation>
    </message>
    <message>
        <source>unweighted</source>
        <translation>不加权</translation>
    </message>
    <message>
        <source>no cure</source>
        <translation>无修正</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Saved as {path}</source>
        <translation>已保存为 {path}</translation>
    </message>
    <message>
        <source>Saved as {path}, with its weights in “{weights}” beside it. Keep the two files together.</source>
        <translation>已另存为 {path}，权重存为同一文件夹中的“{weights}”：两个文件须放在一起。</translation>
    </message>
</context>
<context>
    <name>MapCaption</name>
    <message>
        <source>drawn {times} times as wide as it is high</source>
        <translation>横向放大到纵向的 {times} 倍</translation>
    </message>
    <message>
        <source>trained with two dimensions: this map shows the whole model</source>
        <translation>以二维训练：这张地图就是模型本身，没有省略任何东西</translation>
    </message>
    <message>
        <source>two principal directions, {share} of the variance</source>
        <translation>两个主方向，占分散程度的 {share}</translation>
    </message>
    <message>
        <source>across {across}, up {up}: {share} of the variance</source>
        <translation>横向 {across}，纵向 {up}：占分散程度的 {share}</translation>
    </message>
    <message>
        <source>the {count} most popular of {all} items</source>
        <translation>{all} 个物品中最受欢迎的 {count} 个</translation>
    </message>
    <message>
        <source>{count} {count:item|items}</source>
        <translation>{count} 个物品</translation>
    </message>
    <message>
        <source>No map yet</source>
        <translation>还没有地图</translation>
    </message>
    <message>
        <source>{count} watched: {titles}</source>
        <translation>看过 {count} 个：{titles}</translation>
    </message>
    <message>
        <source>{count} shown: {titles}</source>
        <translation>展示 {count} 个：{titles}</translation>
    </message>
    <message>
        <source>{count} without a place: their vectors are not finite</source>
        <translation>{count} 个没有位置：它们的向量不是有限数</translation>
    </message>
</context>
<context>
    <name>MapLegend</name>
    <message>
        <source>From {low} to {high}</source>
        <translation>从 {low} 到 {high}</translation>
    </message>
    <message>
        <source>u is where the model places this user. Scores are inner products: items further along u&apos;s direction score higher; items near u don&apos;t necessarily.</source>
        <translation>u 是模型给这位用户的位置。得分是内积：沿 u 的方向越远得分越高；靠近 u 的不一定高。</translation>
    </message>
    <message>
        <source>watched</source>
        <translation>看过</translation>
    </message>
    <message>
        <source>shown</source>
        <translation>展示</translation>
    </message>
    <message>
        <source>visitor</source>
        <translation>访客</translation>
    </message>
    <message>
        <source>Marks of the map</source>
        <translation>地图的标记</translation>
    </message>
</context>
<context>
    <name>MapView</name>
    <message>
        <source>not yet</source>
        <translation>尚无</translation>
    </message>
    <message>
        <source>predicted edge</source>
        <translation>预测的临界线</translation>
    </message>
    <message>
        <source>beside a saturated one</source>
        <translation>与饱和层相邻</translation>
    </message>
    <message>
        <source>?
hidden while you predict: it answers the next question</source>
        <translation>?
预测期间不显示：它会给出下一题的答案</translation>
    </message>
    <message>
        <source>measuring …</source>
        <translation>正在测量……</translation>
    </message>
    <message>
        <source>scale</source>
        <translation>尺度</translation>
    </message>
    <message>
        <source>depth</source>
        <translation>深度</translation>
    </message>
    <message>
        <source>loss 0</source>
        <translation>损失 0</translation>
    </message>
    <message>
        <source>a mere guess</source>
        <translation>等于瞎猜</translation>
    </message>
    <message>
        <source>arrives</source>
        <translation>传到</translation>
    </message>
    <message>
        <source>no signal at all</source>
        <translation>完全没有信号</translation>
    </message>
    <message>
        <source>beyond any float</source>
        <translation>超出浮点数范围</translation>
    </message>
    <message>
        <source>Loss after {steps} steps</source>
        <translation>{steps} 步后的损失</translation>
    </message>
    <message>
        <source>Ratio at the start</source>
        <translation>起始时的比值</translation>
    </message>
    <message>
        <source>{known} of {all} cells</source>
        <translation>{known}/{all} 格</translation>
    </message>
    <message>
        <source>stopped at {known} of {all} cells</source>
        <translation>已停在 {known}/{all} 格</translation>
    </message>
    <message>
        <source>{known} of {all}</source>
        <translation>{known}/{all}</translation>
    </message>
    <message>
        <source>depth {depth}, scale {scale}: {found}</source>
        <translation>深度 {depth}，尺度 {scale}：{found}</translation>
    </message>
    <message>
        <source>broke down</source>
        <translation>训练崩溃</translation>
    </message>
    <message>
        <source>{told}, of the layers beside one that is saturated</source>
        <translation>{told}，指饱和层旁边的各层</translation>
    </message>
    <message>
        <source>loss {loss} after {steps} steps</source>
        <translation>{steps} 步之后损失为 {loss}</translation>
    </message>
</context>
<context>
    <name>MapViews</name>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Compute the rest of the map</source>
        <translation>计算热图的其余部分</translation>
    </message>
    <message>
        <source>Keep the map as it is</source>
        <translation>热图就停在目前的进度</translation>
    </message>
</context>
<context>
    <name>MappingDialog</name>
    <message>
        <source>Learn from {name}</source>
        <translation>从 {name} 学习</translation>
    </message>
    <message>
        <source>Looking into the file…</source>
        <translation>正在查看文件…</translation>
    </message>
    <message>
        <source>A log: who did what</source>
        <translation>日志：谁做了什么</translation>
    </message>
    <message>
        <source>A table with a label</source>
        <translation>带标签的表</translation>
    </message>
    <message>
        <source>Rows with a user and an item, ideally with a time</source>
        <translation>每行有用户和物品，最好还有时间</translation>
    </message>
    <message>
        <source>Rows with something to predict from their columns</source>
        <translation>每行有要由各列预测的内容</translation>
    </message>
    <message>
        <source>What the file is</source>
        <translation>文件是什么</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>正在读取文件</translation>
    </message>
    <message>
        <source>What the columns are</source>
        <translation>各列是什么</translation>
    </message>
    <message>
        <source>What the columns of the items&apos; file are</source>
        <translation>物品文件的各列是什么</translation>
    </message>
    <message>
        <source>&amp;Items from a second file…</source>
        <translation>来自第二个文件的物品…(&amp;I)</translation>
    </message>
    <message>
        <source>Titles and more about the items, joined by id; or drop the file here</source>
        <translation>物品的标题等，按编号连接；也可把文件拖到这里</translation>
    </message>
    <message>
        <source>Leave out the second file</source>
        <translation>略去第二个文件</translation>
    </message>
    <message>
        <source>Don&apos;t use any of this</source>
        <translation>不从中学习任何内容</translation>
    </message>
    <message>
        <source>Start training at once with the usual settings, which Model can change for another run</source>
        <translation>立即以常用设置开始训练；之后可在“模型”中为另一次运行更改设置</translation>
    </message>
    <message>
        <source>What was found in the file</source>
        <translation>在文件中发现的情况</translation>
    </message>
    <message>
        <source>This is {name}, whose columns are known.</source>
        <translation>这是 {name}：各列是什么已知。</translation>
    </message>
    <message>
        <source>What each column is taken for, by its name and the first {rows} {rows:row|rows}; change what is not right.</source>
        <translation>按名称与前 {rows} 行，各列被当作什么；不对的请更改。</translation>
    </message>
    <message>
        <source>This file can&apos;t be learned from.</source>
        <translation>无法从该文件学习。</translation>
    </message>
    <message>
        <source>&amp;Without it</source>
        <translation>不用它(&amp;W)</translation>
    </message>
    <message>
        <source>First rows, as the file has them</source>
        <translation>前几行，按文件原样</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Train on these data</source>
        <translation>在这份数据上训练(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Use these data</source>
        <translation>使用这份数据(&amp;U)</translation>
    </message>
    <message>
        <source>Draft a run that learns from these columns</source>
        <translation>起草一次从这些列学习的运行</translation>
    </message>
    <message>
        <source>The file of the items</source>
        <translation>物品文件</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表</translation>
    </message>
</context>
<context>
    <name>MemoryView</name>
    <message>
        <source>Cross</source>
        <translation>交叉</translation>
    </message>
    <message>
        <source>The two columns that the map crosses</source>
        <translation>图中交叉哪两列</translation>
    </message>
    <message>
        <source>The pairs of the cross</source>
        <translation>交叉特征的各个组合</translation>
    </message>
    <message>
        <source>See it on the app store</source>
        <translation>在应用商店数据上查看</translation>
    </message>
    <message>
        <source>The paper&apos;s own crosses, installed × shown app: the run that has learned them, or a new one</source>
        <translation>论文自己的交叉（已安装 × 所展示的应用）：打开学过它们的运行，或新建一次运行</translation>
    </message>
    <message>
        <source>Choose crosses</source>
        <translation>选择交叉</translation>
    </message>
    <message>
        <source>Go to the model, add crosses there, and train with them</source>
        <translation>转到模型（交叉在那里设置），并用它们训练</translation>
    </message>
    <message>
        <source>This model crosses no two columns, so there is no pair to memorise.</source>
        <translation>这个模型不交叉任何两列，因此没有可记忆的配对。</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>关闭这条消息</translation>
    </message>
    <message>
        <source>Close message</source>
        <translation>关闭消息</translation>
    </message>
</context>
<context>
    <name>MiniMap</name>
    <message>
        <source>The whole network. Click to look there</source>
        <translation>整个网络。点击可移到该处</translation>
    </message>
    <message>
        <source>The part in view. Drag to look elsewhere</source>
        <translation>当前可见的部分。拖动可查看别处</translation>
    </message>
    <message>
        <source>Mini-map</source>
        <translation>缩略图</translation>
    </message>
</context>
<context>
    <name>MissingDataFinder</name>
    <message>
        <source>Find the data…</source>
        <translation>查找数据…</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Find the data</source>
        <translation>查找数据</translation>
    </message>
</context>
<context>
    <name>ModelDesk</name>
    <message>
        <source>Which columns are crossed, and what that makes of the data</source>
        <translation>交叉哪些列，以及由此从数据得出什么</translation>
    </message>
    <message>
        <source>Crosses</source>
        <translation>交叉</translation>
    </message>
    <message>
        <source>What the network reads, and what it learns</source>
        <translation>网络依据什么，学习什么</translation>
    </message>
    <message>
        <source>Softmax</source>
        <translation>Softmax</translation>
    </message>
    <message>
        <source>Watch time</source>
        <translation>观看时长</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>特征</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Vectors</source>
        <translation>向量</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>How long it trains, from what, and on which device</source>
        <translation>训练多久、用哪些样本、在哪个设备上</translation>
    </message>
</context>
<context>
    <name>ModelHeader</name>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Pick the block that this is about</source>
        <translation>选中这里所说的模块</translation>
    </message>
    <message>
        <source>Undo every edit, as one step that can be undone</source>
        <translation>撤回所有编辑，作为可撤销的一步</translation>
    </message>
    <message>
        <source>As in this run</source>
        <translation>恢复为本次运行</translation>
    </message>
    <message>
        <source>{count} {count:block|blocks}</source>
        <translation>{count} 个模块</translation>
    </message>
    <message>
        <source>{blocks} · numbers to learn: not counted yet</source>
        <translation>{blocks} · 要学习的数：尚未统计</translation>
    </message>
    <message>
        <source>{numbers} numbers to learn</source>
        <translation>要学习 {numbers} 个数</translation>
    </message>
    <message>
        <source>{number} in tables</source>
        <translation>表中 {number} 个</translation>
    </message>
    <message>
        <source>{number} in the wide part</source>
        <translation>宽部分 {number} 个</translation>
    </message>
    <message>
        <source>{number} in the layers</source>
        <translation>各层中 {number} 个</translation>
    </message>
    <message>
        <source>{total}: {parts}</source>
        <translation>{total}：{parts}</translation>
    </message>
</context>
<context>
    <name>ModelPanes</name>
    <message>
        <source>The picked block</source>
        <translation>选中的模块</translation>
    </message>
    <message>
        <source>Blocks</source>
        <translation>模块</translation>
    </message>
    <message>
        <source>Drag one to the canvas, or double-click</source>
        <translation>拖到画布上，或双击</translation>
    </message>
    <message>
        <source>What the left panel shows</source>
        <translation>左侧面板显示什么</translation>
    </message>
</context>
<context>
    <name>ModelSection</name>
    <message>
        <source>Start again</source>
        <translation>重新启动</translation>
    </message>
    <message>
        <source>As it was trained</source>
        <translation>训练时的样子</translation>
    </message>
    <message>
        <source>Back to the checkpoint&apos;s network</source>
        <translation>回到检查点中的网络</translation>
    </message>
    <message>
        <source>This is a draft of a new run: sizes and counts are those of “{path}” as it is now. The original run was trained on the file&apos;s earlier contents.</source>
        <translation>这是一次新训练的草稿：大小与计数按“{path}”当前的内容得出。它所来自的那次训练用的是文件当时的内容。</translation>
    </message>
    <message>
        <source>See the network with the file&apos;s current contents, which a new run learns from</source>
        <translation>看看文件当前的内容会得出怎样的网络：新的训练将从中学习</translation>
    </message>
    <message>
        <source>Train the network as drawn here; the original run stays as it is</source>
        <translation>按此处所画的网络训练；原来的运行保持不变</translation>
    </message>
    <message>
        <source>Opening the data …</source>
        <translation>正在打开数据……</translation>
    </message>
    <message>
        <source>Train this run</source>
        <translation>训练本次运行</translation>
    </message>
    <message>
        <source>Start this run with the network as drawn here</source>
        <translation>按此处所画的网络开始本次运行</translation>
    </message>
    <message>
        <source>Draft from the file</source>
        <translation>按文件起草</translation>
    </message>
    <message>
        <source>Train as a new run</source>
        <translation>作为新运行训练</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>已编辑</translation>
    </message>
</context>
<context>
    <name>ModelsPanel</name>
    <message>
        <source>One question, three models</source>
        <translation>一个问题，三个模型</translation>
    </message>
    <message>
        <source>Log loss on the test rows</source>
        <translation>测试行上的对数损失</translation>
    </message>
    <message>
        <source>± standard error</source>
        <translation>± 标准误</translation>
    </message>
    <message>
        <source>this row</source>
        <translation>这一行</translation>
    </message>
    <message>
        <source>log loss, lower is better</source>
        <translation>对数损失，越低越好</translation>
    </message>
    <message>
        <source>AUC</source>
        <translation>AUC</translation>
    </message>
    <message>
        <source>calibration: observed against predicted</source>
        <translation>校准：实际对预测</translation>
    </message>
    <message>
        <source>Calibration, {model}</source>
        <translation>校准，{model}</translation>
    </message>
    <message>
        <source>What the difference says</source>
        <translation>差别说明什么</translation>
    </message>
    <message>
        <source>In the paper</source>
        <translation>论文中</translation>
    </message>
    <message>
        <source>control</source>
        <translation>对照</translation>
    </message>
    <message>
        <source>offline AUC</source>
        <translation>离线 AUC</translation>
    </message>
    <message>
        <source>online gain</source>
        <translation>在线增益</translation>
    </message>
    <message>
        <source>Cheng et al. 2016, Google Play: online acquisitions, compared with the wide model. The data differs from this: compare the order, not the numbers.</source>
        <translation>Cheng 等 2016，Google Play 应用商店：线上安装比宽模型多出的部分。数据与此处不同：请比较次序，而非数字。</translation>
    </message>
    <message>
        <source>Train shows {model} at {value}, as fitted when the run was judged; here it&apos;s fitted anew.</source>
        <translation>“训练”中{model}为 {value}，是评判该次运行时拟合的；此处为重新拟合。</translation>
    </message>
    <message>
        <source>A paired test: the same rows under both models, so what is hard for both cancels out.</source>
        <translation>配对检验：同样的行在两个模型下，对两者都难的部分相互抵消。</translation>
    </message>
    <message>
        <source>On these rows {part} is better than both together by {measure}.</source>
        <translation>在这些行上，按{measure}，{part}比两部分合在一起更好。</translation>
    </message>
    <message>
        <source>On these rows {part} is level with both together.</source>
        <translation>在这些行上，{part}与两部分合在一起不相上下。</translation>
    </message>
    <message>
        <source>Memorisation and generalisation together are better here than either alone.</source>
        <translation>这里记忆与泛化合在一起胜过任何一半。</translation>
    </message>
    <message>
        <source>There is no {parts} model beside this one. Start a run with companions to train each half alongside it.</source>
        <translation>旁边没有{parts}模型。开始一次带同伴的运行，就会在旁边训练每一半。</translation>
    </message>
    <message>
        <source>this row: P({goal})</source>
        <translation>这一行：P({goal})</translation>
    </message>
    <message>
        <source>{count} test rows</source>
        <translation>{count} 个测试行</translation>
    </message>
    <message>
        <source>{count} weights</source>
        <translation>{count} 个权重</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>不存在</translation>
    </message>
    <message>
        <source>{first} − {second}</source>
        <translation>{first} − {second}</translation>
    </message>
    <message>
        <source>better</source>
        <translation>更好</translation>
    </message>
    <message>
        <source>worse</source>
        <translation>更差</translation>
    </message>
    <message>
        <source>level</source>
        <translation>持平</translation>
    </message>
</context>
<context>
    <name>Moments</name>
    <message>
        <source>+ {count} blocks</source>
        <translation>+ {count} 个模块</translation>
    </message>
    <message>
        <source>− {count} blocks</source>
        <translation>− {count} 个模块</translation>
    </message>
    <message>
        <source>{count} blocks</source>
        <translation>{count} 个模块</translation>
    </message>
    <message>
        <source>{block}: {change} units</source>
        <translation>{block}：{change} 个单元</translation>
    </message>
    <message>
        <source>{block} changed</source>
        <translation>{block} 已改变</translation>
    </message>
    <message>
        <source>other inputs</source>
        <translation>其他输入</translation>
    </message>
    <message>
        <source>in another order</source>
        <translation>顺序改变</translation>
    </message>
    <message>
        <source>, now {rate}</source>
        <translation>，现为 {rate}</translation>
    </message>
    <message>
        <source>weights replaced</source>
        <translation>权重已替换</translation>
    </message>
    <message>
        <source>{name} of {block} by hand</source>
        <translation>手动修改 {block} 的 {name}</translation>
    </message>
    <message>
        <source>single precision</source>
        <translation>单精度</translation>
    </message>
    <message>
        <source>double precision</source>
        <translation>双精度</translation>
    </message>
    <message>
        <source>wires changed</source>
        <translation>连线已改变</translation>
    </message>
    <message>
        <source>rate {change}</source>
        <translation>学习率 {change}</translation>
    </message>
    <message>
        <source>batch {change}</source>
        <translation>批大小 {change}</translation>
    </message>
    <message>
        <source>data changed</source>
        <translation>数据已改变</translation>
    </message>
    <message>
        <source>{count} changes</source>
        <translation>{count} 处改动</translation>
    </message>
</context>
<context>
    <name>Names</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>NearItemsTab</name>
    <message>
        <source>Nearest items</source>
        <translation>最近的物品</translation>
    </message>
    <message>
        <source>by cosine</source>
        <translation>按余弦</translation>
    </message>
    <message>
        <source>Near means pointing the same way</source>
        <translation>方向相同即为近</translation>
    </message>
    <message>
        <source>As for scores: long vectors win</source>
        <translation>与得分相同：长向量占优</translation>
    </message>
    <message>
        <source>{common} of {count} are in both lists: an item has one vector as watched and another as recommended.</source>
        <translation>{count} 件中有 {common} 件同在两列：一件物品被观看时与被推荐时并不是同一个向量。</translation>
    </message>
    <message>
        <source>by inner product</source>
        <translation>按内积</translation>
    </message>
    <message>
        <source>Nearest items in the two tables</source>
        <translation>两张表中最近的物品</translation>
    </message>
    <message>
        <source>of {title}</source>
        <translation>{title}</translation>
    </message>
</context>
<context>
    <name>NetworkBoard</name>
    <message>
        <source>The networks side by side</source>
        <translation>并排的网络</translation>
    </message>
</context>
<context>
    <name>NetworkCanvas</name>
    <message>
        <source>Network canvas</source>
        <translation>网络画布</translation>
    </message>
</context>
<context>
    <name>NetworkColumn</name>
    <message>
        <source>Open in playground</source>
        <translation>在游乐场打开</translation>
    </message>
    <message>
        <source>Remove network {letter}</source>
        <translation>移除网络 {letter}</translation>
    </message>
    <message>
        <source>Remove this network</source>
        <translation>移除此网络</translation>
    </message>
    <message>
        <source>Show another quantity of the layers</source>
        <translation>显示各层的另一个量</translation>
    </message>
    <message>
        <source>Open in the playground: the same network with the same start weights, as a copy</source>
        <translation>在游乐场中打开：同一网络、相同初始权重的副本</translation>
    </message>
    <message>
        <source>Open in the playground: the same network with its weights after {count} {count:step|steps}, as a copy</source>
        <translation>在游乐场中打开：同一网络训练 {count} 步后权重的副本</translation>
    </message>
    <message>
        <source>after {count} {count:step|steps}</source>
        <translation>{count} 步之后</translation>
    </message>
    <message>
        <source>bar: measured · tick: predicted</source>
        <translation>条形：实测 · 横线：预测</translation>
    </message>
    <message>
        <source>bar: measured</source>
        <translation>条形：实测</translation>
    </message>
    <message>
        <source>{key} from layer {layer}</source>
        <translation>{key}，从第 {layer} 层起</translation>
    </message>
    <message>
        <source>tick: predicted</source>
        <translation>横线：预测</translation>
    </message>
    <message>
        <source>at the start · {key}</source>
        <translation>起始时 · {key}</translation>
    </message>
    <message>
        <source>at the start</source>
        <translation>开始时</translation>
    </message>
</context>
<context>
    <name>NetworkOpening</name>
    <message>
        <source>The {steps} steps are repeated; then the network opens in the playground.</source>
        <translation>先把这 {steps} 步重做一遍，然后网络会在游乐场中打开。</translation>
    </message>
</context>
<context>
    <name>NetworkOutlineDelegate</name>
    <message>
        <source>Enter accepts it, Escape cancels; you can undo it.</source>
        <translation>回车键确认，Esc 键保持原样；撤销可恢复原值。</translation>
    </message>
</context>
<context>
    <name>NetworkSummary</name>
    <message>
        <source>Select a block on the canvas to see and change what it does.</source>
        <translation>在画布上选中一个模块，就能查看和改变它的作用。</translation>
    </message>
    <message>
        <source>{count} {count:parameter|parameters}</source>
        <translation>{count} 个参数</translation>
    </message>
    <message>
        <source>{count} {count:block|blocks}</source>
        <translation>{count} 个模块</translation>
    </message>
    <message>
        <source>{count} {count:layer|layers} with weights</source>
        <translation>{count} 个带权重的层</translation>
    </message>
    <message>
        <source>{count} of them without an input</source>
        <translation>其中 {count} 个没有输入</translation>
    </message>
    <message>
        <source>{count} {count:input|inputs}</source>
        <translation>{count} 个输入</translation>
    </message>
    <message>
        <source>{count} {count:output|outputs}</source>
        <translation>{count} 个输出</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Select the block that this is about</source>
        <translation>选中这里所说的模块</translation>
    </message>
</context>
<context>
    <name>Neuron</name>
    <message>
        <source>neuron {number}</source>
        <translation>神经元 {number}</translation>
    </message>
    <message>
        <source>threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>尚无</translation>
    </message>
    <message>
        <source>signal</source>
        <translation>信号</translation>
    </message>
    <message>
        <source>input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>synapse</source>
        <translation>突触</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>dendrite</source>
        <translation>树突</translation>
    </message>
    <message>
        <source>wire</source>
        <translation>连线</translation>
    </message>
    <message>
        <source>soma</source>
        <translation>胞体</translation>
    </message>
    <message>
        <source>sum</source>
        <translation>求和</translation>
    </message>
    <message>
        <source>hillock</source>
        <translation>轴丘</translation>
    </message>
    <message>
        <source>axon</source>
        <translation>轴突</translation>
    </message>
    <message>
        <source>output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>A synapse scales what it passes on, and may excite or inhibit: the weight, with its sign.</source>
        <translation>突触把传过的信号按比例缩放，可以兴奋，也可以抑制：即权重及其符号。</translation>
    </message>
    <message>
        <source>Dendrites carry it to the body: the wire brings w·x to the sum.</source>
        <translation>树突把它传到胞体：连线把 w·x 送去求和。</translation>
    </message>
    <message>
        <source>Where the axon begins, a spike starts once the voltage passes a threshold: θ = −b.</source>
        <translation>在轴突起始处，电位一超过阈值就产生脉冲：θ = −b。</translation>
    </message>
    <message>
        <source>Bias b</source>
        <translation>偏置 b</translation>
    </message>
    <message>
        <source>fires</source>
        <translation>激活</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>不激活</translation>
    </message>
    <message>
        <source>target {value}</source>
        <translation>目标 {value}</translation>
    </message>
    <message>
        <source>✓ right here</source>
        <translation>✓ 此处对</translation>
    </message>
    <message>
        <source>✗ wrong here</source>
        <translation>✗ 此处错</translation>
    </message>
    <message>
        <source>Another cell&apos;s axon brings a spike or none: the unit&apos;s input is 1 or 0.</source>
        <translation>另一个细胞的轴突传来脉冲，或者没有脉冲：单元的输入为 1，或为 0。</translation>
    </message>
    <message>
        <source>The body adds up everything that arrives at once: Σ, with the bias.</source>
        <translation>胞体把同时到达的全部相加：即 Σ，加上偏置。</translation>
    </message>
    <message>
        <source>One axon sends the same to all the next cells: one output, 1 or 0.</source>
        <translation>一根轴突把同一信号传给后面所有的细胞：一个输出，1 或 0。</translation>
    </message>
    <message>
        <source>{name}: {value}</source>
        <translation>{name}：{value}</translation>
    </message>
    <message>
        <source>z not yet</source>
        <translation>z 尚无</translation>
    </message>
</context>
<context>
    <name>NeuronBar</name>
    <message>
        <source>Walk the {count} rows</source>
        <translation>演示 {count} 行</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Learn it</source>
        <translation>让它学习</translation>
    </message>
</context>
<context>
    <name>NeuronCard</name>
    <message>
        <source>Neuron</source>
        <translation>神经元</translation>
    </message>
    <message>
        <source>Weights of the neuron</source>
        <translation>神经元的权重</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭（Esc）</translation>
    </message>
    <message>
        <source>Close the neuron</source>
        <translation>关闭神经元卡片</translation>
    </message>
    <message>
        <source>Hide the weights</source>
        <translation>收起权重</translation>
    </message>
    <message>
        <source>Change the weights</source>
        <translation>修改权重</translation>
    </message>
    <message>
        <source>Every weight of this neuron, in order, to change by hand.</source>
        <translation>该神经元的所有权重，按顺序排列，可直接修改。</translation>
    </message>
    <message>
        <source>Play a sample’s pass to see its z, a and δ.</source>
        <translation>播放一个样本的传播即可看到它的 z、a 和 δ。</translation>
    </message>
    <message>
        <source>Where does this number come from?</source>
        <translation>这个数从哪里来？</translation>
    </message>
    <message>
        <source>Change it</source>
        <translation>改变它</translation>
    </message>
    <message>
        <source>bias b</source>
        <translation>偏置 b</translation>
    </message>
    <message>
        <source>Weight from {name}</source>
        <translation>来自 {name} 的权重</translation>
    </message>
    <message>
        <source>Bias</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>Type a value, or change it with the wheel or the arrow keys. Undo restores it.</source>
        <translation>输入数值，或用滚轮、方向键调节；撤销可恢复原值。</translation>
    </message>
</context>
<context>
    <name>NeuronCube</name>
    <message>
        <source>the cube of inputs</source>
        <translation>输入立方体</translation>
    </message>
    <message>
        <source>Drag to turn the cube (or use the arrow keys); drag the plane to move it (changes b). Click a corner to apply its inputs; double-click to change its target.</source>
        <translation>拖动可转动立方体（或用方向键）；拖动平面可移动它（即改变 b）。点击一个角，把输入设为该角的值；双击则改变它的目标。</translation>
    </message>
    <message>
        <source>the plane where z = 0</source>
        <translation>z = 0 的平面</translation>
    </message>
    <message>
        <source>{point} lies on both</source>
        <translation>{point} 同时在两条连线上</translation>
    </message>
</context>
<context>
    <name>NeuronModel</name>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Bias</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>真值表</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>输入</translation>
    </message>
</context>
<context>
    <name>NeuronOrigins</name>
    <message>
        <source>for the inputs {row}</source>
        <translation>输入为 {row} 时</translation>
    </message>
    <message>
        <source>its slope</source>
        <translation>它的斜率</translation>
    </message>
    <message>
        <source>the weighted sum</source>
        <translation>加权和</translation>
    </message>
    <message>
        <source>On paper z is 0. With binary numbers it is {value}, so a program&apos;s step may fall on the other side.</source>
        <translation>笔算时 z 为 0。二进制数算出 {value}，所以程序中的阶跃函数可能落到另一侧。</translation>
    </message>
    <message>
        <source>over wire {number}</source>
        <translation>经连线 {number}</translation>
    </message>
    <message>
        <source>the bias</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>the weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>the input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>what wire {number} brings to the sum</source>
        <translation>连线 {number} 送去求和的值</translation>
    </message>
    <message>
        <source>weight of {input}</source>
        <translation>{input} 的权重</translation>
    </message>
    <message>
        <source>It is a parameter, set by you or by learning. Drag it.</source>
        <translation>它是参数：由你设定，或由学习得出。可以拖动。</translation>
    </message>
    <message>
        <source>It is given by the row of the table. Click it to change it.</source>
        <translation>它是给定的：由真值表的这一行决定。点击可改变。</translation>
    </message>
    <message>
        <source>It is a parameter. The threshold is its negative: θ = −b = {theta}.</source>
        <translation>它是参数。阈值是它的相反数：θ = −b = {theta}。</translation>
    </message>
    <message>
        <source>With this output the rule is a step down the gradient of the cross-entropy, which is what the check uses.</source>
        <translation>采用这种输出时，这条规则就是沿交叉熵的梯度下降一步，核对时用的正是它。</translation>
    </message>
    <message>
        <source>an input</source>
        <translation>一个输入</translation>
    </message>
    <message>
        <source>the output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>The step is flat on both sides of its jump, so no slope says which way to go.</source>
        <translation>阶跃函数在跳变的两侧都是平的，所以没有斜率指明该往哪边走。</translation>
    </message>
    <message>
        <source>what step {number} of the rule adds to it</source>
        <translation>规则的第 {number} 步加给它的值</translation>
    </message>
    <message>
        <source>Rosenblatt&apos;s rule: nothing changes where the output is right.</source>
        <translation>Rosenblatt 规则：输出对时什么也不变。</translation>
    </message>
</context>
<context>
    <name>NeuronOutline</name>
    <message>
        <source>Outline of the neuron</source>
        <translation>神经元的大纲</translation>
    </message>
    <message>
        <source>Table {name}</source>
        <translation>{name} 真值表</translation>
    </message>
    <message>
        <source>The unit, beside the nerve cell</source>
        <translation>单元，与神经细胞对照</translation>
    </message>
    <message>
        <source>{biological} = {artificial}</source>
        <translation>{biological} = {artificial}</translation>
    </message>
    <message>
        <source>{row}: not yet, target {target}</source>
        <translation>{row}：尚无，目标 {target}</translation>
    </message>
    <message>
        <source>{row}: output {output}, target {target}, {judged}</source>
        <translation>{row}：输出 {output}，目标 {target}，{judged}</translation>
    </message>
    <message>
        <source>right</source>
        <translation>对</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>错</translation>
    </message>
</context>
<context>
    <name>NeuronPage</name>
    <message>
        <source>One neuron</source>
        <translation>单个神经元</translation>
    </message>
    <message>
        <source>Drag the line of the plane</source>
        <translation>拖动平面上的直线</translation>
    </message>
    <message>
        <source>Move it: the bias changes</source>
        <translation>移动它：偏置改变</translation>
    </message>
    <message>
        <source>Drag its arrow</source>
        <translation>拖动它的箭头</translation>
    </message>
    <message>
        <source>Turn it: the weights change</source>
        <translation>转动它：权重改变</translation>
    </message>
    <message>
        <source>Click a point of the plane</source>
        <translation>点击平面上的点</translation>
    </message>
    <message>
        <source>Look at this row</source>
        <translation>查看这一行</translation>
    </message>
    <message>
        <source>the drawing of the neuron</source>
        <translation>神经元的图</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Next row</source>
        <translation>下一行</translation>
    </message>
    <message>
        <source>Weights that do it</source>
        <translation>设为可行权重</translation>
    </message>
    <message>
        <source>{table} with a hidden layer</source>
        <translation>{table}，带隐藏层</translation>
    </message>
</context>
<context>
    <name>NeuronPlane</name>
    <message>
        <source>Drag the line to move it (changes b), or its arrow to turn it (changes w). Click a point to apply its inputs; double-click to change its target. Keys: ↑ ↓ move it, ← → turn it.</source>
        <translation>拖动直线可移动它（即改变 b），拖动它的箭头可转动它（即改变 w）。点击一个点，把输入设为该点的值；双击则改变它的目标。按键：↑ ↓ 移动，← → 转动。</translation>
    </message>
    <message>
        <source>z ≥ 0: fires</source>
        <translation>z ≥ 0：激活</translation>
    </message>
    <message>
        <source>z &lt; 0: silent</source>
        <translation>z &lt; 0：不激活</translation>
    </message>
    <message>
        <source>the line where z = 0</source>
        <translation>z = 0 的直线</translation>
    </message>
    <message>
        <source>w, perpendicular to the line</source>
        <translation>w，垂直于直线</translation>
    </message>
    <message>
        <source>{point} lies on both</source>
        <translation>{point} 同时在两条连线上</translation>
    </message>
    <message>
        <source>inputs {row}, target {target}</source>
        <translation>输入 {row}，目标 {target}</translation>
    </message>
</context>
<context>
    <name>NeuronVerdict</name>
    <message>
        <source>Majority</source>
        <translation>多数表决</translation>
    </message>
    <message>
        <source>Your own</source>
        <translation>自定义</translation>
    </message>
    <message>
        <source>A hidden layer is for a table of two inputs that no single neuron can do. Choose XOR, then add it.</source>
        <translation>隐藏层用于单个神经元做不到的两输入真值表：请选择 XOR，再添加。</translation>
    </message>
    <message>
        <source>step</source>
        <translation>阶跃</translation>
    </message>
    <message>
        <source>logistic</source>
        <translation>logistic</translation>
    </message>
    <message>
        <source>{first} and {last}</source>
        <translation>{first} 和 {last}</translation>
    </message>
    <message>
        <source>{known} of {total} rows are known; the unit gets {right} of them right.</source>
        <translation>已知 {total} 行中的 {known} 行；单元做对了其中 {right} 行。</translation>
    </message>
    <message>
        <source>Every row is right: all have the same target.</source>
        <translation>每一行都对：所有行的要求都相同。</translation>
    </message>
    <message>
        <source>This boundary separates them: every row is right.</source>
        <translation>这个分界点把它们分开：每一行都对。</translation>
    </message>
    <message>
        <source>This line separates them: every row is right.</source>
        <translation>这条直线把它们分开：每一行都对。</translation>
    </message>
    <message>
        <source>This plane separates them: every row is right.</source>
        <translation>这个平面把它们分开：每一行都对。</translation>
    </message>
    <message>
        <source>One boundary can do it; this one gets {right} of {total} rows right.</source>
        <translation>一个分界点就能做到；现在这个在 {total} 行中做对 {right} 行。</translation>
    </message>
    <message>
        <source>One line can do it; this one gets {right} of {total} rows right.</source>
        <translation>一条直线就能做到；现在这条在 {total} 行中做对 {right} 行。</translation>
    </message>
    <message>
        <source>One plane can do it; this one gets {right} of {total} rows right.</source>
        <translation>一个平面就能做到；现在这个在 {total} 行中做对 {right} 行。</translation>
    </message>
    <message>
        <source>{fires} fire, {silent} must not: both pairs share the middle {point}.</source>
        <translation>{fires} 要激活，{silent} 不能激活：两对的中点同为 {point}。</translation>
    </message>
    <message>
        <source>{point} lies between {fires}, which fire, and between {silent}, which must not.</source>
        <translation>{point} 既在要激活的 {fires} 之间，又在不能激活的 {silent} 之间。</translation>
    </message>
</context>
<context>
    <name>NodeTable</name>
    <message>
        <source>Nodes: value, gradient, finite difference, check</source>
        <translation>节点：值、梯度、有限差分、核对</translation>
    </message>
    <message>
        <source>Click a number, or press Enter, to see where it comes from</source>
        <translation>点击一个数或按回车，可知它从何而来</translation>
    </message>
</context>
<context>
    <name>NodeTableModel</name>
    <message>
        <source>constant</source>
        <translation>常数</translation>
    </message>
    <message>
        <source>leaf</source>
        <translation>叶节点</translation>
    </message>
    <message>
        <source>not needed</source>
        <translation>不需要</translation>
    </message>
    <message>
        <source>asking …</source>
        <translation>询问中……</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>未核对</translation>
    </message>
    <message>
        <source>both {number}</source>
        <translation>同为 {number}</translation>
    </message>
    <message>
        <source>✓ diff {gap}</source>
        <translation>✓ 相差 {gap}</translation>
    </message>
    <message>
        <source>✗ diff {gap}</source>
        <translation>✗ 相差 {gap}</translation>
    </message>
</context>
<context>
    <name>NudgeCard</name>
    <message>
        <source>Nudge $\Delta$</source>
        <translation>微调 $\Delta$</translation>
    </message>
    <message>
        <source>Nudge and slopes</source>
        <translation>微调与斜率</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>gradient</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>Click to see where this number comes from</source>
        <translation>点击：这个数从哪里来？</translation>
    </message>
    <message>
        <source>How far the input is moved. The smaller it is, the closer the measured slope is to the gradient</source>
        <translation>输入移动多远；越小，测得的斜率就越接近梯度</translation>
    </message>
    <message>
        <source>There is no input to nudge: everything is a constant.</source>
        <translation>没有可微调的输入：每个叶节点都是常数。</translation>
    </message>
    <message>
        <source>after your guess</source>
        <translation>猜过之后</translation>
    </message>
    <message>
        <source>Moved this far, the result isn&apos;t a finite number. Nudge the other way, or less.</source>
        <translation>移动这么多时，结果不是有限的数；请向另一侧微调，或调小一些。</translation>
    </message>
    <message>
        <source>Moved this far, the result isn&apos;t a finite number. Nudge the other way.</source>
        <translation>移动这么多时，结果不是有限数；请朝另一个方向移动。</translation>
    </message>
    <message>
        <source>Moved this far, the result isn&apos;t a finite number. Nudge less.</source>
        <translation>移动这么多时，结果不是有限数；请移动得少一些。</translation>
    </message>
    <message>
        <source>Moved this far, the result isn&apos;t a finite number. Nudge the other way, and less.</source>
        <translation>移动这么多时，结果不是有限数；请朝另一个方向移动，并少移一些。</translation>
    </message>
    <message>
        <source>However little you nudge it, either way, the result isn&apos;t a finite number, so nothing is measured.</source>
        <translation>无论朝哪个方向移动、移动得多小，结果都不是有限数，所以无法测量。</translation>
    </message>
    <message>
        <source>not moved</source>
        <translation>未移动</translation>
    </message>
</context>
<context>
    <name>NumberFace</name>
    <message>
        <source>Drag left or right, or click and type. Arrow keys nudge. Shift is finer, Ctrl coarser.</source>
        <translation>左右拖动，或点击后键入。方向键可微调。按住 Shift 更细，按住 Ctrl 更粗。</translation>
    </message>
</context>
<context>
    <name>NumberInput</name>
    <message>
        <source>+ and − change it. Shift is finer, Ctrl coarser.</source>
        <translation>按 + 和 − 也可改变。按住 Shift 更细，按住 Ctrl 更粗。</translation>
    </message>
    <message>
        <source>Drag left or right, or click and type.</source>
        <translation>左右拖动，或点击后输入。</translation>
    </message>
    <message>
        <source>Drag left or right.</source>
        <translation>左右拖动。</translation>
    </message>
</context>
<context>
    <name>NumberMark</name>
    <message>
        <source>hidden until you predict it</source>
        <translation>先预测，再显示</translation>
    </message>
</context>
<context>
    <name>Numbers</name>
    <message>
        <source>“{text}” is out of range. Type a number such as {example}.</source>
        <translation>“{text}”超出了可表示的范围。请输入一个数，例如 {example}。</translation>
    </message>
    <message>
        <source>“{text}” isn&apos;t a number. Type one such as {example}.</source>
        <translation>“{text}”不是数字。请输入数字，例如 {example}。</translation>
    </message>
    <message>
        <source>the maximum is {high}</source>
        <translation>最大为 {high}</translation>
    </message>
    <message>
        <source>the minimum is {low}</source>
        <translation>最小为 {low}</translation>
    </message>
    <message>
        <source>Whole numbers from {low} to {high} only; the nearest one is used.</source>
        <translation>这里须是 {low} 到 {high} 的整数；已取最接近的一个。</translation>
    </message>
</context>
<context>
    <name>OpenNetwork</name>
    <message>
        <source>epoch {epoch}</source>
        <translation>第 {epoch} 轮</translation>
    </message>
    <message>
        <source>New network</source>
        <translation>新建网络</translation>
    </message>
    <message>
        <source>Recover</source>
        <translation>恢复</translation>
    </message>
</context>
<context>
    <name>OpenRun</name>
    <message>
        <source>it gave no reason</source>
        <translation>它什么也没说</translation>
    </message>
</context>
<context>
    <name>OpenedRun</name>
    <message>
        <source>Progress of the run</source>
        <translation>运行的进度</translation>
    </message>
    <message>
        <source>Nothing has been learnt yet. The first checkpoint comes after the first epoch.</source>
        <translation>还没有学到什么：第一个检查点在第一轮之后产生。</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>Reading “{name}” …</source>
        <translation>正在读取“{name}”……</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Reading “{name}”: {share} %</source>
        <translation>正在读取“{name}”：{share} %</translation>
    </message>
</context>
<context>
    <name>OptimiserPanel</name>
    <message>
        <source>The rule that turns gradients into changes of the weights</source>
        <translation>把梯度变成权重改动的规则</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Change optimiser</source>
        <translation>改变优化器</translation>
    </message>
    <message>
        <source>η: how far one update goes along the gradient. Too small is slow, too large overshoots or diverges; try factors of three. Any positive number can be typed.</source>
        <translation>η：一次更新沿梯度走多远。太小则慢，太大会越过最低点甚至发散；可以每次乘或除以三来试。可输入任何正数。</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Change learning rate</source>
        <translation>改变学习率</translation>
    </message>
    <message>
        <source>Rows per update: small batches are noisy but learn quickly, large ones are smooth</source>
        <translation>每次更新所用的行数：小批量噪声大但学得快，大批量更平稳</translation>
    </message>
    <message>
        <source>How slowly the running mean of the gradient forgets</source>
        <translation>梯度滑动平均遗忘得有多慢</translation>
    </message>
    <message>
        <source>How slowly the running mean of the squared gradient forgets</source>
        <translation>梯度平方的滑动平均遗忘得有多慢</translation>
    </message>
    <message>
        <source>Keeps the division safe where the gradient is almost zero</source>
        <translation>梯度几乎为零时保证除法安全</translation>
    </message>
    <message>
        <source>How the learning rate changes during training</source>
        <translation>训练过程中学习率如何变化</translation>
    </message>
    <message>
        <source>The share of the rate that is left after that time</source>
        <translation>到那时学习率变为原来的几分之几</translation>
    </message>
    <message>
        <source>A weight that L1 would push across 0 stays 0; without this, it keeps crossing 0</source>
        <translation>会被 L1 带过 0 的权重就此固定为 0；关闭时，它会在 0 两侧来回摆动</translation>
    </message>
    <message>
        <source>Determines initial weights, shuffling and dropout: same seed, same numbers</source>
        <translation>初始权重、打乱顺序和 Dropout 都由它决定：种子相同，数字就相同</translation>
    </message>
    <message>
        <source>Rows that don&apos;t fill a batch wait for the next epoch; without this they form a smaller batch</source>
        <translation>凑不满一个批次的行留到下一轮的第一个批次；关闭时，它们自成一个较小的批次</translation>
    </message>
    <message>
        <source>Settings that are rarely needed, and the optimiser&apos;s rule</source>
        <translation>不常用的设置，以及优化器的规则</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Change batch size</source>
        <translation>改变批大小</translation>
    </message>
    <message>
        <source>momentum μ</source>
        <translation>动量 μ</translation>
    </message>
    <message>
        <source>Share of the last update that is kept</source>
        <translation>上一次更新保留多少</translation>
    </message>
    <message>
        <source>β₁</source>
        <translation>β₁</translation>
    </message>
    <message>
        <source>β₂</source>
        <translation>β₂</translation>
    </message>
    <message>
        <source>decay ρ</source>
        <translation>衰减 ρ</translation>
    </message>
    <message>
        <source>ε</source>
        <translation>ε</translation>
    </message>
    <message>
        <source>weight decay λ</source>
        <translation>权重衰减 λ</translation>
    </message>
    <message>
        <source>AdamW shrinks the weights by ηλ at every step, apart from the gradient</source>
        <translation>AdamW 在梯度之外，每一步把权重缩小 ηλ</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>学习率调度</translation>
    </message>
    <message>
        <source>Change schedule</source>
        <translation>改变学习率调度</translation>
    </message>
    <message>
        <source>over E epochs</source>
        <translation>历时 E 轮</translation>
    </message>
    <message>
        <source>How long the schedule takes</source>
        <translation>调度持续多久</translation>
    </message>
    <message>
        <source>factor c</source>
        <translation>系数 c</translation>
    </message>
    <message>
        <source>L1 penalty</source>
        <translation>L1 惩罚</translation>
    </message>
    <message>
        <source>Adds λ₁ Σ|w| to the loss: unneeded weights go to zero. Biases are left out.</source>
        <translation>给损失加上 λ₁ Σ|w|：不需要的权重会变为零。偏置不计在内。</translation>
    </message>
    <message>
        <source>L1 holds weights at 0</source>
        <translation>L1 使权重停在 0</translation>
    </message>
    <message>
        <source>Change L1 at 0</source>
        <translation>改变 L1 在 0 处的行为</translation>
    </message>
    <message>
        <source>L2 penalty</source>
        <translation>L2 惩罚</translation>
    </message>
    <message>
        <source>Clip norm</source>
        <translation>裁剪范数</translation>
    </message>
    <message>
        <source>Shortens a longer gradient to this norm: a cure where the signal is {exploding_word}. Empty: off.</source>
        <translation>把过长的梯度缩短到这个范数：可治信号{exploding_word}。留空：关闭。</translation>
    </message>
    <message>
        <source>Stop after epochs</source>
        <translation>停止轮次</translation>
    </message>
    <message>
        <source>Training pauses automatically after this many epochs. Empty: it continues.</source>
        <translation>训练这么多轮后自动暂停。留空：一直训练。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>single precision</source>
        <translation>单精度</translation>
    </message>
    <message>
        <source>Change precision</source>
        <translation>更改精度</translation>
    </message>
    <message>
        <source>that&apos;s all {count} training points</source>
        <translation>这就是全部 {count} 个训练点</translation>
    </message>
    <message>
        <source>batch {size}</source>
        <translation>批量 {size}</translation>
    </message>
    <message>
        <source>L1 {penalty}</source>
        <translation>L1 {penalty}</translation>
    </message>
    <message>
        <source>L2 {penalty}</source>
        <translation>L2 {penalty}</translation>
    </message>
    <message>
        <source>Show less</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Schedule, clip, seed, β…</source>
        <translation>调度、裁剪、种子、β…</translation>
    </message>
    <message>
        <source>Start weights: seed {seed}</source>
        <translation>起始权重：种子 {seed}</translation>
    </message>
    <message>
        <source>Adds ½ λ₂ Σw² to the loss: keeps weights small and the boundary smooth.</source>
        <translation>给损失加上 ½ λ₂ Σw²：让权重保持较小、边界保持平滑。</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>Another seed</source>
        <translation>换一个种子</translation>
    </message>
    <message>
        <source>New seed</source>
        <translation>新种子</translation>
    </message>
    <message>
        <source>They come from the opened link; another number draws others.</source>
        <translation>起始权重来自所打开的链接；换一个数字会另行抽取。</translation>
    </message>
    <message>
        <source>shuffle each epoch</source>
        <translation>每轮打乱</translation>
    </message>
    <message>
        <source>A new order every epoch; without it the batches are always the same</source>
        <translation>每轮换一种顺序；不打乱则各批次始终相同</translation>
    </message>
    <message>
        <source>Change shuffling</source>
        <translation>改变打乱方式</translation>
    </message>
    <message>
        <source>leftover rows wait</source>
        <translation>余下的行留到下一轮</translation>
    </message>
    <message>
        <source>Change leftover rows</source>
        <translation>改变余下行的处理</translation>
    </message>
    <message>
        <source>Weights are kept and trained with about 7 digits (float32) instead of 16 (float64): wide layers train up to twice as fast, and a change smaller than a weight&apos;s seventh digit is lost.</source>
        <translation>权重用约 7 位有效数字（float32）而不是 16 位（float64）保存和训练：宽层最多快一倍，但比权重第七位还小的变化会丢失。</translation>
    </message>
    <message>
        <source>Change {name}</source>
        <translation>改变{name}</translation>
    </message>
</context>
<context>
    <name>Oracles</name>
    <message>
        <source>PyTorch</source>
        <translation>PyTorch</translation>
    </message>
    <message>
        <source>the numpy reference</source>
        <translation>numpy 参考实现</translation>
    </message>
    <message>
        <source>numpy</source>
        <translation>numpy</translation>
    </message>
    <message>
        <source>finite differences</source>
        <translation>有限差分</translation>
    </message>
    <message>
        <source>differences</source>
        <translation>差分</translation>
    </message>
    <message>
        <source>plain arithmetic</source>
        <translation>普通算术</translation>
    </message>
    <message>
        <source>arithmetic</source>
        <translation>算术</translation>
    </message>
</context>
<context>
    <name>OrderedCard</name>
    <message>
        <source>Ordered: expected watch time</source>
        <translation>排序：预期观看时长</translation>
    </message>
    <message>
        <source>What the ranker also reads</source>
        <translation>排序网络还读取</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>It wasn&apos;t retrieved, so it isn&apos;t ranked.</source>
        <translation>它未被取回，因此不参与排序。</translation>
    </message>
    <message>
        <source>both {language}</source>
        <translation>都是{language}</translation>
    </message>
    <message>
        <source>language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>topic watched last</source>
        <translation>上次观看该主题</translation>
    </message>
    <message>
        <source>creator watched last</source>
        <translation>上次观看该作者</translation>
    </message>
    <message>
        <source>shown before</source>
        <translation>此前展示次数</translation>
    </message>
    <message>
        <source>never (assumed)</source>
        <translation>从未（假定）</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>{time} ago</source>
        <translation>{time}前</translation>
    </message>
    <message>
        <source>{time} (assumed)</source>
        <translation>{time}（假定）</translation>
    </message>
</context>
<context>
    <name>OriginButton</name>
    <message>
        <source>Where does this number come from?</source>
        <translation>这个数从哪里来？</translation>
    </message>
    <message>
        <source>Where does it come from: {number}</source>
        <translation>从哪里来：{number}</translation>
    </message>
</context>
<context>
    <name>OriginCard</name>
    <message>
        <source>Where does this number come from?</source>
        <translation>这个数从哪里来？</translation>
    </message>
    <message>
        <source>Back to the number before</source>
        <translation>回到前一个数</translation>
    </message>
    <message>
        <source>Close the origin of the number</source>
        <translation>关闭数的来源</translation>
    </message>
    <message>
        <source>share of each path</source>
        <translation>各路径的份额</translation>
    </message>
    <message>
        <source>Code for any Python with PyTorch, with these numbers filled in; it prints the one shown here</source>
        <translation>可在任何装有 PyTorch 的 Python 中运行的代码，已代入这些数值，会打印出这里显示的数</translation>
    </message>
    <message>
        <source>Opens it in another workspace; undo there restores what was open</source>
        <translation>在另一个工作区打开；在那里撤销会恢复原先打开的内容</translation>
    </message>
    <message>
        <source>comes from these numbers: click one to continue from there</source>
        <translation>来自这些数：点击一个，从那里继续追溯</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>尚无</translation>
    </message>
    <message numerus="yes">
        <source>comes from these numbers and %n more: click one to go on</source>
        <translation>
            <numerusform>来自这些数，另有 %n 个：点击一个继续追溯</numerusform>
        </translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Copy the code</source>
        <translation>复制代码</translation>
    </message>
</context>
<context>
    <name>Outline</name>
    <message>
        <source>{count} {count:block|blocks}</source>
        <translation>{count} 个模块</translation>
    </message>
    <message>
        <source>Network {title}</source>
        <translation>网络 {title}</translation>
    </message>
    <message>
        <source>not whole</source>
        <translation>不完整</translation>
    </message>
    <message>
        <source>problem</source>
        <translation>有问题</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>未采用</translation>
    </message>
    <message>
        <source>number of units unknown</source>
        <translation>单元数未知</translation>
    </message>
    <message>
        <source>fed by {names}</source>
        <translation>输入来自 {names}</translation>
    </message>
    <message>
        <source>Wire from {source} into {target}</source>
        <translation>从 {source} 连入 {target} 的连线</translation>
    </message>
    <message>
        <source>← from {name}</source>
        <translation>← 来自 {name}</translation>
    </message>
    <message>
        <source>Wire from {source} to {target}</source>
        <translation>从 {source} 到 {target} 的连线</translation>
    </message>
    <message>
        <source>→ to {name}</source>
        <translation>→ 到 {name}</translation>
    </message>
    <message>
        <source>{unit} of {block}</source>
        <translation>{block} 的 {unit}</translation>
    </message>
    <message>
        <source>bias {value}</source>
        <translation>偏置 {value}</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>尚无</translation>
    </message>
    <message>
        <source>Weight from {source} of {source_block} to {unit} of {block}</source>
        <translation>从 {source_block} 的 {source} 到 {block} 的 {unit} 的权重</translation>
    </message>
    <message>
        <source>w from {name}</source>
        <translation>w 来自 {name}</translation>
    </message>
</context>
<context>
    <name>OutlineCommands</name>
    <message>
        <source>Choose the block that this one feeds.</source>
        <translation>选择由此模块提供输入的模块。</translation>
    </message>
    <message>
        <source>Choose the block that feeds this one.</source>
        <translation>选择为此模块提供输入的模块。</translation>
    </message>
    <message>
        <source>Type over</source>
        <translation>改写</translation>
    </message>
    <message>
        <source>Choose the block&apos;s activation.</source>
        <translation>选择该模块的激活函数。</translation>
    </message>
    <message>
        <source>Open or close its card</source>
        <translation>打开或关闭卡片</translation>
    </message>
    <message>
        <source>Add block after…</source>
        <translation>在后面添加模块…</translation>
    </message>
    <message>
        <source>Choose a block; it takes over this one&apos;s outgoing wires.</source>
        <translation>选择一个模块；从此模块引出的连线将改由它引出。</translation>
    </message>
    <message>
        <source>Add block before…</source>
        <translation>在前面添加模块…</translation>
    </message>
    <message>
        <source>Choose a block to insert between this one and its source.</source>
        <translation>选择一个模块；它会插到此模块与其来源之间。</translation>
    </message>
    <message>
        <source>Wire to…</source>
        <translation>连线到…</translation>
    </message>
    <message>
        <source>Wire from…</source>
        <translation>连线来自…</translation>
    </message>
    <message>
        <source>Unwire…</source>
        <translation>断开连线…</translation>
    </message>
    <message>
        <source>Choose a wire of this block to remove.</source>
        <translation>选择此模块要去掉的一条连线。</translation>
    </message>
    <message>
        <source>Change a block&apos;s name, a bias or a weight.</source>
        <translation>给模块换个名称，或换个偏置或权重的值。</translation>
    </message>
    <message>
        <source>Activation…</source>
        <translation>激活函数…</translation>
    </message>
    <message>
        <source>Open or close the card of the unit, or of a block&apos;s first one; type over a weight.</source>
        <translation>打开或关闭该单元的卡片（模块则是其第一个单元的）；对权重则是改写其值。</translation>
    </message>
    <message>
        <source>Play the pass of a sample…</source>
        <translation>播放样本的传播过程…</translation>
    </message>
    <message>
        <source>Choose a sample and follow it through the network and back.</source>
        <translation>选择一个样本，跟随它前向穿过网络再返回。</translation>
    </message>
    <message>
        <source>Move left</source>
        <translation>左移</translation>
    </message>
    <message>
        <source>Move the chosen blocks on the canvas.</source>
        <translation>在画布上移动选中的模块。</translation>
    </message>
    <message>
        <source>Move right</source>
        <translation>右移</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Change activation</source>
        <translation>改变激活函数</translation>
    </message>
    <message>
        <source>Nothing to choose from</source>
        <translation>没有可选的项</translation>
    </message>
</context>
<context>
    <name>OutlineDelegate</name>
    <message>
        <source>Enter accepts the number, Escape cancels.</source>
        <translation>回车键确认这个数，Esc 键保持原样。</translation>
    </message>
</context>
<context>
    <name>OutlinePanel</name>
    <message>
        <source>Outline</source>
        <translation>大纲</translation>
    </message>
    <message>
        <source>Actions for the row</source>
        <translation>可对此行做的操作</translation>
    </message>
    <message>
        <source>Actions for the row; also with the menu key or the right mouse button</source>
        <translation>可对此行做的操作：也可按菜单键或鼠标右键</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Change the value</source>
        <translation>修改数值</translation>
    </message>
</context>
<context>
    <name>OutlineTree</name>
    <message>
        <source>Left and right open and close a row, Return types over its number.</source>
        <translation>左右键展开和折叠一行，回车键改写它的数。</translation>
    </message>
</context>
<context>
    <name>OutlineView</name>
    <message>
        <source>Outline of the network</source>
        <translation>网络大纲</translation>
    </message>
    <message>
        <source>Left and right open and close a row; the menu key lists its actions.</source>
        <translation>左、右方向键展开和收起一行，菜单键列出可对它做的操作。</translation>
    </message>
</context>
<context>
    <name>OutputAxes</name>
    <message>
        <source>The horizontal feature</source>
        <translation>横轴特征</translation>
    </message>
    <message>
        <source>The vertical feature</source>
        <translation>纵轴特征</translation>
    </message>
    <message>
        <source>The other features are held at their mean.</source>
        <translation>其他特征固定在各自的均值。</translation>
    </message>
</context>
<context>
    <name>OutputPanel</name>
    <message>
        <source>Confusion</source>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>Residuals</source>
        <translation>残差</translation>
    </message>
    <message>
        <source>What it has learnt</source>
        <translation>学到了什么</translation>
    </message>
    <message>
        <source>What the picture shows</source>
        <translation>图中显示什么</translation>
    </message>
    <message>
        <source>Show only which class or side wins, not by how much</source>
        <translation>只显示属于哪一类或哪一侧，不显示相差多少</translation>
    </message>
    <message>
        <source>Train points</source>
        <translation>训练点</translation>
    </message>
    <message>
        <source>Test points</source>
        <translation>测试点</translation>
    </message>
    <message>
        <source>Copy or save</source>
        <translation>复制或保存</translation>
    </message>
    <message>
        <source>train points</source>
        <translation>训练点</translation>
    </message>
    <message>
        <source>test points</source>
        <translation>测试点</translation>
    </message>
    <message>
        <source>all points</source>
        <translation>所有点</translation>
    </message>
    <message>
        <source>no points</source>
        <translation>无点</translation>
    </message>
    <message>
        <source>discretised</source>
        <translation>已离散化</translation>
    </message>
    <message>
        <source>Colour scale</source>
        <translation>色标</translation>
    </message>
    <message>
        <source>Which classes are mistaken for which</source>
        <translation>哪些类别被当成了哪些类别</translation>
    </message>
    <message>
        <source>How far the predictions are off</source>
        <translation>预测值偏差多少</translation>
    </message>
    <message>
        <source>Discretise</source>
        <translation>离散化</translation>
    </message>
    <message>
        <source>Try an input</source>
        <translation>试一个输入</translation>
    </message>
    <message>
        <source>Type an input and read the prediction</source>
        <translation>输入数值，读出预测</translation>
    </message>
    <message>
        <source>What the picture shows, and actions for it</source>
        <translation>图中显示什么，以及可以对它做什么</translation>
    </message>
    <message>
        <source>Show the training points, as circles</source>
        <translation>以圆点显示用于训练的点</translation>
    </message>
    <message>
        <source>Show the test points, as squares</source>
        <translation>以方块显示未用于训练的点</translation>
    </message>
    <message>
        <source>sample {row}: {place}</source>
        <translation>样本 {row}：{place}</translation>
    </message>
    <message>
        <source>pointer: {place}</source>
        <translation>指针：{place}</translation>
    </message>
</context>
<context>
    <name>OutputReading</name>
    <message>
        <source>{name}, output {value}</source>
        <translation>{name}，输出 {value}</translation>
    </message>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names} 和另外 {count} 个</translation>
    </message>
    <message>
        <source>A slice: {names} is held at its mean</source>
        <translation>切面：{names} 固定在均值</translation>
    </message>
    <message>
        <source>A slice: {names} are held at their means</source>
        <translation>切面：{names} 固定在各自的均值</translation>
    </message>
</context>
<context>
    <name>Overlay</name>
    <message>
        <source>continues below {edge}</source>
        <translation>延续到 {edge} 以下</translation>
    </message>
    <message>
        <source>continues above {edge}</source>
        <translation>延续到 {edge} 以上</translation>
    </message>
</context>
<context>
    <name>Overlays</name>
    <message>
        <source>The whole network. Drag to look at another part of it.</source>
        <translation>整个网络的缩略图。拖动可查看其他部分。</translation>
    </message>
    <message>
        <source>Where does its ‖δ‖ come from?</source>
        <translation>它的 ‖δ‖ 从何而来？</translation>
    </message>
    <message>
        <source>the pass hasn&apos;t reached this yet; only its weights</source>
        <translation>传播尚未到达这里：仅显示权重</translation>
    </message>
    <message>
        <source>no pass is playing; only its weights</source>
        <translation>没有播放传播：只有它的权重</translation>
    </message>
    <message>
        <source>sample {row}, the first of {rows}</source>
        <translation>样本 {row}，{rows} 个中的第一个</translation>
    </message>
    <message>
        <source>{from_unit} of {source} → {to_unit} of {target}</source>
        <translation>{source} 的 {from_unit} → {target} 的 {to_unit}</translation>
    </message>
    <message>
        <source>sample {row}</source>
        <translation>样本 {row}</translation>
    </message>
    <message>
        <source>the typed input</source>
        <translation>键入的输入</translation>
    </message>
</context>
<context>
    <name>OverviewTab</name>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Test accuracy</source>
        <translation>测试准确率</translation>
    </message>
    <message>
        <source>What to draw. If training loss falls while test loss rises, that&apos;s overfitting: the network memorises its samples.</source>
        <translation>选择绘制什么。训练损失下降而测试损失上升就是过拟合：网络在死记样本。</translation>
    </message>
    <message>
        <source>Loss or score</source>
        <translation>损失或得分</translation>
    </message>
    <message>
        <source>log</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>Logarithmic loss axis</source>
        <translation>损失轴用对数刻度</translation>
    </message>
    <message>
        <source>‖δ‖ per layer</source>
        <translation>各层 ‖δ‖</translation>
    </message>
    <message>
        <source>The size ‖δ‖ of every layer’s error signal, over the latest epoch; the last hidden layer’s is 1.</source>
        <translation>每一层误差信号的大小 ‖δ‖，取最近一轮；最后一个隐藏层为 1。</translation>
    </message>
    <message>
        <source>Test R²</source>
        <translation>测试 R²</translation>
    </message>
    <message>
        <source>{points} points</source>
        <translation>{points} 个点</translation>
    </message>
    <message>
        <source>{points} points, each epoch</source>
        <translation>{points} 个点，每轮</translation>
    </message>
    <message>
        <source>The line is the mean over all {points} points, measured after each epoch.</source>
        <translation>曲线是全部 {points} 个点的均值，每轮之后测量。</translation>
    </message>
    <message>
        <source>{points} points, every {epochs} epochs</source>
        <translation>{points} 个点，每 {epochs} 轮</translation>
    </message>
    <message>
        <source>The line is the mean over all {points} points, measured about every {epochs} epochs; more often would slow down such a fast run.</source>
        <translation>曲线是全部 {points} 个点的均值，大约每 {epochs} 轮测量一次：训练得这么快，测得更频繁会拖慢它。</translation>
    </message>
    <message>
        <source>{line} · band: spread over batches</source>
        <translation>{line} · 色带：各批次的分布范围</translation>
    </message>
    <message>
        <source>The faint band is the spread of single batches, each before its step.</source>
        <translation>浅色带是各单个批次的分布范围，均在该批次更新之前测得。</translation>
    </message>
    <message>
        <source>{layer} = 1, no signal = 0</source>
        <translation>{layer} = 1，无信号 = 0</translation>
    </message>
    <message>
        <source>{layer} = 1</source>
        <translation>{layer} = 1</translation>
    </message>
    <message>
        <source>{layer} gets no signal: nothing to compare with</source>
        <translation>{layer} 收不到信号：没有可比的基准</translation>
    </message>
    <message>
        <source>nothing to compare with</source>
        <translation>没有可比的基准</translation>
    </message>
</context>
<context>
    <name>OwnEditor</name>
    <message>
        <source>Expression of {name}</source>
        <translation>{name} 的表达式</translation>
    </message>
    <message>
        <source>An expression in x, such as x*sigmoid(b*x). It may use + − × ÷ ^, pi, e and {functions}.
Other names become sliders. Clear it to remove the activation.</source>
        <translation>以 x 写成的表达式，例如 x*sigmoid(b*x)；可用 + − × ÷ ^、pi、e 和 {functions}。
其他名字会变成滑块。清空即可移去这个激活函数。</translation>
    </message>
    <message>
        <source>A comparison in square brackets, such as [x &gt; 0], is 1 where it&apos;s true and 0 where it isn&apos;t; for a max or min, ½ where both sides are equal.</source>
        <translation>方括号中的比较，例如 [x &gt; 0]，成立时为 1，不成立时为 0；对于 max 或 min，两边相等时为 ½。</translation>
    </message>
    <message>
        <source>Still drawn: {text}</source>
        <translation>仍画的是：{text}</translation>
    </message>
    <message>
        <source>A parameter of {name}</source>
        <translation>{name} 的一个参数</translation>
    </message>
</context>
<context>
    <name>OwnFormulas</name>
    <message>
        <source>by its rule</source>
        <translation>按其规则</translation>
    </message>
    <message>
        <source>too long to write</source>
        <translation>太长，无法写出</translation>
    </message>
    <message>
        <source>The two sides of a max or min are equal here, so each gets half of the slope.</source>
        <translation>此处 max 或 min 的两侧相等，因此各得斜率的一半。</translation>
    </message>
</context>
<context>
    <name>OwnTile</name>
    <message>
        <source>Your own table or log</source>
        <translation>你自己的表或日志</translation>
    </message>
    <message>
        <source>Tables and logs ({kinds})</source>
        <translation>表与日志 ({kinds})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>Painting</name>
    <message>
        <source>This can&apos;t be drawn. The log says why.</source>
        <translation>无法绘制，原因已写入日志。</translation>
    </message>
</context>
<context>
    <name>PairMatrix</name>
    <message>
        <source>+{reach} weight</source>
        <translation>+{reach} 权重</translation>
    </message>
    <message>
        <source>{count} training {count:row|rows}</source>
        <translation>{count} 个训练行</translation>
    </message>
    <message>
        <source>{pair}: weight {weight}, which others may share (hashed); {rows}, {share} of them {goal}</source>
        <translation>{pair}：权重 {weight}，别的组合可能共用它（哈希）；{rows}，其中 {share} {goal}</translation>
    </message>
    <message>
        <source>{pair}: no training row has it; weight {weight}, which others may share (hashed)</source>
        <translation>{pair}：没有训练行含有它；权重 {weight}，别的组合可能共用它（哈希）</translation>
    </message>
    <message>
        <source>{pair}: no training row has it; weight {weight}</source>
        <translation>{pair}：没有训练行含有它；权重 {weight}</translation>
    </message>
    <message>
        <source>{pair}: no training row has it, its weight has never moved</source>
        <translation>{pair}：没有训练行含有它，它的权重从未动过</translation>
    </message>
    <message>
        <source>unseen: {unseen} of {pairs}</source>
        <translation>未出现过：{pairs} 个中的 {unseen} 个</translation>
    </message>
    <message>
        <source>{pair}: weight {weight}; {rows}, {share} of them {goal}</source>
        <translation>{pair}：权重 {weight}；{rows}，其中 {share} {goal}</translation>
    </message>
</context>
<context>
    <name>PalettePanel</name>
    <message>
        <source>{summary}
Drag it to the canvas, onto a wire to splice it in, or double-click.</source>
        <translation>{summary}
把它拖到画布上，或拖到连线上插入其中，也可双击。</translation>
    </message>
    <message>
        <source>More…</source>
        <translation>更多…</translation>
    </message>
    <message>
        <source>Fewer</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Fewer blocks</source>
        <translation>更少的块</translation>
    </message>
    <message>
        <source>More blocks</source>
        <translation>更多的块</translation>
    </message>
    <message>
        <source>Show only the blocks that most networks need</source>
        <translation>只显示多数网络需要的块</translation>
    </message>
    <message>
        <source>Show all kinds of blocks</source>
        <translation>显示所有种类的块</translation>
    </message>
    <message>
        <source>Add {kind}</source>
        <translation>添加{kind}</translation>
    </message>
</context>
<context>
    <name>Panes</name>
    <message>
        <source>One sample or mini-batch forward, its loss, backward, and the update, with every number</source>
        <translation>一个样本或小批量的前向传播、损失、反向传播和更新，每个数字都看得到</translation>
    </message>
    <message>
        <source>Pass</source>
        <translation>传播</translation>
    </message>
    <message>
        <source>Which classes are mistaken for which (for images, every mistake), or the residuals of a regression</source>
        <translation>哪些类别被当作哪些类别，图像的每个错误，或回归的残差</translation>
    </message>
    <message>
        <source>Residuals</source>
        <translation>残差</translation>
    </message>
    <message>
        <source>Confusion</source>
        <translation>混淆矩阵</translation>
    </message>
</context>
<context>
    <name>ParameterFields</name>
    <message>
        <source>{label}: from {low} to {high}, {default} by default</source>
        <translation>{label}：从 {low} 到 {high}，默认 {default}</translation>
    </message>
</context>
<context>
    <name>ParameterPart</name>
    <message>
        <source>The slope on the left: with γ above 0 a unit that is off still gets a gradient</source>
        <translation>左侧的斜率：γ 大于 0 时，未激活的单元仍能得到梯度</translation>
    </message>
    <message>
        <source>How low it goes on the left; only at α = 1 it has no kink</source>
        <translation>左侧最终降到多低；只有 α = 1 时才没有折点</translation>
    </message>
</context>
<context>
    <name>Parameters</name>
    <message>
        <source>Units</source>
        <translation>单元数</translation>
    </message>
    <message>
        <source>Neurons of this layer: its width</source>
        <translation>本层的神经元数，即宽度</translation>
    </message>
    <message>
        <source>Bias</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Start weights</source>
        <translation>初始权重</translation>
    </message>
    <message>
        <source>Rate p</source>
        <translation>比率 p</translation>
    </message>
    <message>
        <source>Adds b to every unit, so its output needn&apos;t be 0 when its inputs are</source>
        <translation>给每个单元加上 b，这样输入为 0 时它不必为 0</translation>
    </message>
    <message>
        <source>How far an answer is from its target; training minimises this</source>
        <translation>回答与目标相差多远；训练就是要让它变小</translation>
    </message>
    <message>
        <source>How weights are drawn at the next reset; fans in and out keep signals from fading</source>
        <translation>下次重置时如何抽取权重；按扇入和扇出缩放，信号才不会衰减</translation>
    </message>
    <message>
        <source>Share of the units silenced in each step</source>
        <translation>每一步关闭的单元所占比例</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>动量</translation>
    </message>
    <message>
        <source>How fast the running mean and variance follow the batches</source>
        <translation>滑动均值和方差跟随各批次的快慢</translation>
    </message>
    <message>
        <source>Dimensions</source>
        <translation>维数</translation>
    </message>
    <message>
        <source>Numbers in the vector of each id</source>
        <translation>每个编号的向量含多少个数</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>尺度</translation>
    </message>
    <message>
        <source>Standard deviation of the table&apos;s first numbers</source>
        <translation>表中初始数值的标准差</translation>
    </message>
    <message>
        <source>Quantiles</source>
        <translation>分位数</translation>
    </message>
    <message>
        <source>Number of quantiles used to map each number; 0: leave it unchanged</source>
        <translation>把每个数映射所用的分位数个数；0：不映射</translation>
    </message>
    <message>
        <source>A cross with more combinations than this is hashed into this many</source>
        <translation>组合数超过此数的交叉，会哈希到这么多个桶中</translation>
    </message>
    <message>
        <source>Number of other items to contrast in each step; 0: all of them, the full softmax</source>
        <translation>每一步与多少个其他物品对照学习；0：全部物品，即完整 softmax</translation>
    </message>
    <message>
        <source>How negatives are drawn: by how often they are watched, or uniformly</source>
        <translation>负样本怎样抽取：按被观看的频率，或机会均等</translation>
    </message>
    <message>
        <source>Subtracts from each item&apos;s score the log of how often it is drawn</source>
        <translation>从每个物品的得分中减去其抽取频率的对数</translation>
    </message>
    <message>
        <source>Keeps the division safe where the variance is 0</source>
        <translation>方差为 0 时保证除法安全</translation>
    </message>
    <message>
        <source>Buckets</source>
        <translation>桶数</translation>
    </message>
    <message>
        <source>Negatives</source>
        <translation>负样本</translation>
    </message>
    <message>
        <source>Drawn by</source>
        <translation>抽取方式</translation>
    </message>
    <message>
        <source>Correct by log Q</source>
        <translation>用 log Q 校正</translation>
    </message>
    <message>
        <source>ε</source>
        <translation>ε</translation>
    </message>
    <message>
        <source>frequency</source>
        <translation>按频率</translation>
    </message>
    <message>
        <source>uniform</source>
        <translation>均匀</translation>
    </message>
</context>
<context>
    <name>ParentRow</name>
    <message>
        <source>not yet</source>
        <translation>尚无</translation>
    </message>
</context>
<context>
    <name>Parts</name>
    <message>
        <source>wide only</source>
        <translation>仅宽</translation>
    </message>
    <message>
        <source>deep only</source>
        <translation>仅深</translation>
    </message>
    <message>
        <source>joint</source>
        <translation>联合</translation>
    </message>
    <message>
        <source> or </source>
        <translation>或</translation>
    </message>
</context>
<context>
    <name>PartsBars</name>
    <message>
        <source>{sum} from {count}</source>
        <translation>{count} 个共 {sum}</translation>
    </message>
    <message>
        <source>add up to {score}</source>
        <translation>合计 {score}</translation>
    </message>
</context>
<context>
    <name>Pass</name>
    <message>
        <source>mean loss {value}</source>
        <translation>平均损失 {value}</translation>
    </message>
    <message>
        <source>loss {value}</source>
        <translation>损失 {value}</translation>
    </message>
    <message>
        <source>target {value}</source>
        <translation>目标 {value}</translation>
    </message>
</context>
<context>
    <name>PassFacts</name>
    <message>
        <source>weight of {block}, unit {unit}</source>
        <translation>{block} 单元 {unit} 的权重</translation>
    </message>
    <message>
        <source>bias of {block}, unit {unit}</source>
        <translation>{block} 单元 {unit} 的偏置</translation>
    </message>
    <message>
        <source>value of {block}, unit {unit}</source>
        <translation>{block} 单元 {unit} 的值</translation>
    </message>
    <message>
        <source>sum of {block}, unit {unit}</source>
        <translation>{block} 单元 {unit} 的加权和</translation>
    </message>
    <message>
        <source>signal of {block}, unit {unit}</source>
        <translation>{block} 单元 {unit} 的信号</translation>
    </message>
    <message>
        <source>what reaches {block}, unit {unit}, from behind</source>
        <translation>从后面传到 {block} 单元 {unit} 的值</translation>
    </message>
    <message>
        <source>target of {block}, unit {unit}</source>
        <translation>{block} 单元 {unit} 的目标</translation>
    </message>
    <message>
        <source>gradient of a weight of {block}, unit {unit}</source>
        <translation>{block} 单元 {unit} 的一个权重的梯度</translation>
    </message>
    <message>
        <source>gradient of the bias of {block}, unit {unit}</source>
        <translation>{block} 单元 {unit} 的偏置的梯度</translation>
    </message>
    <message>
        <source>slope of {block}, unit {unit}</source>
        <translation>{block} 第 {unit} 个单元的斜率</translation>
    </message>
    <message>
        <source>loss of one sample</source>
        <translation>单个样本的损失</translation>
    </message>
    <message>
        <source>mean loss of the mini-batch</source>
        <translation>小批量的平均损失</translation>
    </message>
    <message>
        <source>update of a weight of {block}, unit {unit}</source>
        <translation>{block} 第 {unit} 个单元的一个权重的更新</translation>
    </message>
    <message>
        <source>update of the bias of {block}, unit {unit}</source>
        <translation>{block} 第 {unit} 个单元的偏置的更新</translation>
    </message>
    <message>
        <source>parameter of {block}, unit {unit}</source>
        <translation>{block} 单元 {unit} 的参数</translation>
    </message>
    <message>
        <source>update of a parameter of {block}, unit {unit}</source>
        <translation>{block} 第 {unit} 个单元的一个参数的更新</translation>
    </message>
    <message>
        <source>Raise this unit&apos;s z by {nudge} and the loss grows by about {effect}.</source>
        <translation>把这个单元的 z 增大 {nudge}，损失约增大 {effect}。</translation>
    </message>
    <message>
        <source>Raise this unit&apos;s z by {nudge} and the loss falls by about {effect}.</source>
        <translation>把这个单元的 z 增大 {nudge}，损失约减小 {effect}。</translation>
    </message>
    <message>
        <source>Raise it by {nudge} and the loss grows by about {effect}: the gradient says down.</source>
        <translation>把它增大 {nudge}，损失约增大 {effect}：梯度表明应减小它。</translation>
    </message>
    <message>
        <source>Raise it by {nudge} and the loss falls by about {effect}: the gradient says up.</source>
        <translation>把它增大 {nudge}，损失约减小 {effect}：梯度表明应增大它。</translation>
    </message>
    <message>
        <source>It is given by the data.</source>
        <translation>它是给定的：来自数据。</translation>
    </message>
    <message>
        <source>It is a parameter: the result of its initial value and every update so far.</source>
        <translation>它是参数：由初始值和至今的每次更新得出。</translation>
    </message>
    <message>
        <source>The learning rate that the schedule gives now.</source>
        <translation>此刻学习率计划对学习率所乘的系数。</translation>
    </message>
    <message>
        <source>The optimiser&apos;s memory: it starts at 0 and changes with every step.</source>
        <translation>优化器的记忆：由至今的每一步累积而成，初始为 0。</translation>
    </message>
    <message>
        <source>The length of the gradient of all parameters together, penalties included.</source>
        <translation>全部参数的梯度合在一起的长度（含惩罚项）。</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>另外 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>bias</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>sample {place}</source>
        <translation>样本 {place}</translation>
    </message>
    <message>
        <source>over unit {unit}</source>
        <translation>经单元 {unit}</translation>
    </message>
</context>
<context>
    <name>PassGuesses</name>
    <message>
        <source>Nothing to work out here. Go on to the next stage.</source>
        <translation>这里没有要算的；请进入下一阶段。</translation>
    </message>
    <message>
        <source>You&apos;ve already seen this stage&apos;s numbers. The next pass will ask.</source>
        <translation>这一阶段的数已经看到过了。会在下一次传播时提问。</translation>
    </message>
    <message>
        <source>You&apos;ve already seen this stage&apos;s numbers. The next stage will ask.</source>
        <translation>这一阶段的数已经看到过了。会在下一阶段提问。</translation>
    </message>
</context>
<context>
    <name>PassLine</name>
    <message>
        <source>no. {place}</source>
        <translation>（第 {place} 个）</translation>
    </message>
    <message>
        <source>… ({count} more, together {value})</source>
        <translation>…（另有 {count} 个，合计 {value}）</translation>
    </message>
</context>
<context>
    <name>PassTimeline</name>
    <message>
        <source>Press play, or click a point of the data, to follow one sample through the network</source>
        <translation>按播放，或点一个数据点，跟随一个样本穿过网络</translation>
    </message>
    <message>
        <source>Play the pass</source>
        <translation>播放传播过程</translation>
    </message>
    <message>
        <source>Play or pause one pass through the network, stage by stage</source>
        <translation>播放或暂停一次网络传播，逐阶段进行</translation>
    </message>
    <message>
        <source>Next stage</source>
        <translation>下一阶段</translation>
    </message>
    <message>
        <source>Finish this stage, or the next</source>
        <translation>完成当前阶段，或进入下一阶段</translation>
    </message>
    <message>
        <source>Stage back</source>
        <translation>上一阶段</translation>
    </message>
    <message>
        <source>Back to the start of this stage, or of the one before</source>
        <translation>回到本阶段或前一阶段的开头</translation>
    </message>
    <message>
        <source>To the start of the pass</source>
        <translation>到传播开头</translation>
    </message>
    <message>
        <source>To the end of the pass</source>
        <translation>到传播结尾</translation>
    </message>
    <message>
        <source>Back to the input</source>
        <translation>回到输入</translation>
    </message>
    <message>
        <source>On to the last update</source>
        <translation>直到最后的更新</translation>
    </message>
    <message>
        <source>Pause the pass</source>
        <translation>暂停传播</translation>
    </message>
</context>
<context>
    <name>PassView</name>
    <message>
        <source>{block} · unit {unit}</source>
        <translation>{block} · 单元 {unit}</translation>
    </message>
    <message>
        <source>stage {index} of {count}</source>
        <translation>第 {index}/{count} 阶段</translation>
    </message>
    <message>
        <source>numbers of sample {row}</source>
        <translation>样本 {row} 的数值</translation>
    </message>
    <message>
        <source>next step&apos;s mini-batch of {count}</source>
        <translation>下一步的小批量（{count} 个样本）</translation>
    </message>
    <message>
        <source>mini-batch of {count}</source>
        <translation>{count} 个样本的小批量</translation>
    </message>
    <message>
        <source>your input</source>
        <translation>你的输入</translation>
    </message>
    <message>
        <source>sample {row}</source>
        <translation>样本 {row}</translation>
    </message>
    <message>
        <source>Samples {rows}, … ({count} in all)</source>
        <translation>样本 {rows}，……（共 {count} 个）</translation>
    </message>
    <message>
        <source>Samples {rows}</source>
        <translation>样本 {rows}</translation>
    </message>
    <message>
        <source>target {target}</source>
        <translation>目标 {target}</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Loss: {loss}</source>
        <translation>损失：{loss}</translation>
    </message>
    <message>
        <source>Forward, {block}</source>
        <translation>前向，{block}</translation>
    </message>
    <message>
        <source>Backward, {block}</source>
        <translation>反向，{block}</translation>
    </message>
    <message>
        <source>Update, {block}</source>
        <translation>更新，{block}</translation>
    </message>
    <message>
        <source>{where}: {symbol} of {unit} is {value}</source>
        <translation>{where}：{unit} 的 {symbol} 为 {value}</translation>
    </message>
    <message>
        <source>change of the bias</source>
        <translation>偏置的改变量</translation>
    </message>
</context>
<context>
    <name>PhiCard</name>
    <message>
        <source>Row of the data</source>
        <translation>数据行</translation>
    </message>
    <message>
        <source>The row the cross is computed for, counted from 0</source>
        <translation>在哪一行上计算交叉，从 0 开始编号</translation>
    </message>
    <message>
        <source>The row of the file the cross is computed for, counting any header</source>
        <translation>在文件的哪一行上计算交叉，表头也计入行号</translation>
    </message>
    <message>
        <source>On row</source>
        <translation>所在行</translation>
    </message>
    <message>
        <source>The row before</source>
        <translation>上一行</translation>
    </message>
    <message>
        <source>The next row</source>
        <translation>下一行</translation>
    </message>
    <message>
        <source>[{column}: missing, or unknown in training] = 0</source>
        <translation>[{column}：缺失，或训练中未知] = 0</translation>
    </message>
    <message>
        <source>{values} and {count} more</source>
        <translation>{values} 和另外 {count} 个</translation>
    </message>
    <message>
        <source>[{column} has {values}] = {x}</source>
        <translation>[{column} 含 {values}] = {x}</translation>
    </message>
    <message>
        <source>One factor is 0, so the product is too: no known combination is on.</source>
        <translation>有一个因子为 0，乘积也就为 0：已知的组合没有一个为 1。</translation>
    </message>
    <message>
        <source>{count} features are on in all, one for each pair</source>
        <translation>共有 {count} 个特征为 1，每个配对一个</translation>
    </message>
    <message>
        <source>On: {name}, in no training row: its weight stays 0</source>
        <translation>为 1：{name}，没有训练行含有它：它的权重保持为 0</translation>
    </message>
    <message>
        <source>{count} training {count:row|rows}</source>
        <translation>{count} 个训练行</translation>
    </message>
    <message>
        <source>yes in {rate}</source>
        <translation>其中 {rate} 为是</translation>
    </message>
    <message>
        <source>On: {name}, in {rows}, {rate}</source>
        <translation>为 1：{name}，见于 {rows}，{rate}</translation>
    </message>
</context>
<context>
    <name>PhiView</name>
    <message>
        <source>Cross</source>
        <translation>交叉</translation>
    </message>
    <message>
        <source>A cross of this model: φ of it on the chosen row</source>
        <translation>此模型的一个交叉：它在所选行上的 φ</translation>
    </message>
    <message>
        <source>Factors of the cross</source>
        <translation>交叉特征的因子</translation>
    </message>
    <message>
        <source>This model has no crosses.</source>
        <translation>此模型没有交叉。</translation>
    </message>
    <message>
        <source>On the chosen row</source>
        <translation>在所选行上</translation>
    </message>
    <message>
        <source>{count} {count:feature|features}</source>
        <translation>{count} 个特征</translation>
    </message>
    <message>
        <source>{count} of them {count:is|are} 1 on this row</source>
        <translation>其中 {count} 个在此行为 1</translation>
    </message>
    <message>
        <source>{features}, one for each combination of values: {ones}, the others are 0.</source>
        <translation>{features}，每种取值组合一个：{ones}，其余为 0。</translation>
    </message>
</context>
<context>
    <name>Phrases</name>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
</context>
<context>
    <name>PlaybackBar</name>
    <message>
        <source>Playback</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Play the steps one after another, or pause</source>
        <translation>逐步播放，或暂停</translation>
    </message>
    <message>
        <source>To the beginning</source>
        <translation>到开头</translation>
    </message>
    <message>
        <source>One step back</source>
        <translation>后退一步</translation>
    </message>
    <message>
        <source>One step on</source>
        <translation>前进一步</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>到结尾</translation>
    </message>
    <message>
        <source>Drag or click to go to a step; arrow keys step, Home and End go to the ends</source>
        <translation>拖动或点击可转到某一步；方向键逐步移动，Home 键和 End 键到两端</translation>
    </message>
    <message>
        <source>How fast it plays</source>
        <translation>播放的快慢</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>1 step/s</source>
        <translation>1 步/秒</translation>
    </message>
    <message>
        <source>{count} steps/s</source>
        <translation>{count} 步/秒</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
</context>
<context>
    <name>Player</name>
    <message>
        <source>forward</source>
        <translation>前向</translation>
    </message>
    <message>
        <source>backward</source>
        <translation>反向</translation>
    </message>
    <message>
        <source>The playback waits until the expression can be read.</source>
        <translation>表达式能够解析之后才能播放。</translation>
    </message>
    <message>
        <source>Opened at the turn: the way back comes next.</source>
        <translation>从转折处打开：接下来是反向。</translation>
    </message>
</context>
<context>
    <name>PlaygroundPage</name>
    <message>
        <source>Drag a block from the palette</source>
        <translation>从模块栏拖出模块</translation>
    </message>
    <message>
        <source>Add it; on a wire, insert it there</source>
        <translation>添加；放在连线上则插入连线</translation>
    </message>
    <message>
        <source>Click a point of the picture</source>
        <translation>点击图中的一个点</translation>
    </message>
    <message>
        <source>See its loss; a double click plays its pass</source>
        <translation>查看它的损失；双击播放它的传播</translation>
    </message>
    <message>
        <source>Scroll or drag on a curve</source>
        <translation>在曲线上滚动或拖动</translation>
    </message>
    <message>
        <source>The outline, {keys}, lists its blocks, units and weights as a tree</source>
        <translation>大纲（{keys}）以树状列出网络的模块、单元和权重</translation>
    </message>
    <message>
        <source>Zoom or move along it; a double click shows all again</source>
        <translation>缩放或沿曲线移动；双击恢复全部</translation>
    </message>
    <message>
        <source>Show as a computation graph</source>
        <translation>以计算图显示</translation>
    </message>
</context>
<context>
    <name>PlotPage</name>
    <message>
        <source>The result over one input</source>
        <translation>结果随一个输入的变化</translation>
    </message>
    <message>
        <source>{result} over {input}</source>
        <translation>{result} 随 {input} 的变化</translation>
    </message>
    <message>
        <source>no tangent: this slope means nothing</source>
        <translation>没有切线：这个斜率没有意义</translation>
    </message>
    <message>
        <source>The curve couldn&apos;t be computed: {reason}</source>
        <translation>无法算出曲线：{reason}</translation>
    </message>
    <message>
        <source>— tangent, slope {slope}</source>
        <translation>— 切线，斜率 {slope}</translation>
    </message>
    <message>
        <source>-- measured slope: {state}</source>
        <translation>-- 测得的斜率：{state}</translation>
    </message>
    <message>
        <source>-- measured {slope}; tangent not yet</source>
        <translation>-- 测得斜率 {slope}；切线尚无</translation>
    </message>
    <message>
        <source>tangent: {state}</source>
        <translation>切线：{state}</translation>
    </message>
</context>
<context>
    <name>Plots</name>
    <message>
        <source>means of steps</source>
        <translation>各步的均值</translation>
    </message>
    <message>
        <source>band: {layer}</source>
        <translation>色带：{layer}</translation>
    </message>
</context>
<context>
    <name>PlotsPanel</name>
    <message>
        <source>Gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>Activations</source>
        <translation>激活值</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>How wrong the network is, and how much of the error signal reaches every layer</source>
        <translation>网络错了多少，以及误差信号有多少到达每一层</translation>
    </message>
    <message>
        <source>How strongly the loss asks every layer to change, over time and now</source>
        <translation>损失要求各层改变的强度：随时间的变化与当前值</translation>
    </message>
    <message>
        <source>Where the units of every layer work</source>
        <translation>各层单元工作在什么位置</translation>
    </message>
    <message>
        <source>What the network has learnt so far, in numbers</source>
        <translation>网络目前学到了什么，用数字表示</translation>
    </message>
    <message>
        <source>Plots</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>More plots</source>
        <translation>更多图</translation>
    </message>
    <message>
        <source>Gradients ∂L/∂W, activations, weights, and how the answers compare with the truth</source>
        <translation>梯度 ∂L/∂W、激活值、权重，以及回答与真值的比较</translation>
    </message>
    <message>
        <source>Press Play, and the gradients, the loss and the activations appear here.</source>
        <translation>按播放，梯度、损失和激活值就会出现在这里。</translation>
    </message>
</context>
<context>
    <name>PointSketch</name>
    <message>
        <source>Draw points</source>
        <translation>画数据点</translation>
    </message>
</context>
<context>
    <name>Presets</name>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>three inputs, your own</source>
        <translation>三个输入、自定义</translation>
    </message>
    <message>
        <source>{positive} fires, {negative} is silent</source>
        <translation>{positive}激活，{negative}不激活</translation>
    </message>
    <message>
        <source>Fires only where both inputs are 1</source>
        <translation>只有两个输入都为 1 时才激活</translation>
    </message>
    <message>
        <source>Fires where at least one input is 1</source>
        <translation>至少一个输入为 1 时激活</translation>
    </message>
    <message>
        <source>One input: fires where it is 0</source>
        <translation>一个输入：它为 0 时激活</translation>
    </message>
    <message>
        <source>Fires unless both inputs are 1: every table can be built of it</source>
        <translation>除非两个输入都为 1，否则激活：用它可以搭出任何真值表</translation>
    </message>
    <message>
        <source>Fires where no input is 1</source>
        <translation>没有输入为 1 时激活</translation>
    </message>
    <message>
        <source>Fires where exactly one input is 1: no line does it</source>
        <translation>恰有一个输入为 1 时激活：没有直线能做到</translation>
    </message>
    <message>
        <source>Three inputs: fires where at least two of them are 1</source>
        <translation>三个输入：至少两个为 1 时激活</translation>
    </message>
    <message>
        <source>A table of your own: choose how many inputs, then click the targets</source>
        <translation>自定义真值表：先选择输入的个数，再点击各个目标</translation>
    </message>
    <message>
        <source>One input</source>
        <translation>一个输入</translation>
    </message>
    <message>
        <source>Two inputs</source>
        <translation>两个输入</translation>
    </message>
    <message>
        <source>Three inputs</source>
        <translation>三个输入</translation>
    </message>
</context>
<context>
    <name>Problem</name>
    <message>
        <source>There is no activation called &apos;{key}&apos;; choose one of {known}.</source>
        <translation>没有名为“{key}”的激活函数；请从 {known} 中选择。</translation>
    </message>
    <message>
        <source>In the dates of “{column}”, day and month can&apos;t be told apart. “{example}” was read as {read}, day first, counting days since {first}. Say so if the month comes first.</source>
        <translation>“{column}”中的日期分不清日与月。“{example}”按日在前读作 {read}，并从 {first} 起计天数。若月在前，请指明。</translation>
    </message>
    <message>
        <source>“{column}” contains neither numbers nor text and was left out.</source>
        <translation>“{column}”既不是数值也不是文本，未采用。</translation>
    </message>
    <message>
        <source>The block kind “{kind}” is unknown to this version; use one of {known}, or open the file with a newer Neuroloom.</source>
        <translation>此版本不认识模块类型“{kind}”；请使用 {known} 之一，或用更新版本的 Neuroloom 打开该文件。</translation>
    </message>
    <message>
        <source>The input has no features; choose at least one column for it.</source>
        <translation>输入模块没有特征；请至少为它选择一列。</translation>
    </message>
    <message>
        <source>There is no initialiser called &apos;{key}&apos;; choose one of {known}.</source>
        <translation>没有名为“{key}”的初始化方法；请从 {known} 中选择。</translation>
    </message>
    <message>
        <source>There is no loss called &apos;{key}&apos;; choose one of {known}.</source>
        <translation>没有名为“{key}”的损失函数；请从 {known} 中选择。</translation>
    </message>
    <message>
        <source>{loss} needs classes, but the target is a number; choose squared error, or a target with classes.</source>
        <translation>{loss} 需要类别，而目标是数值；请选择平方误差，或选择带类别的目标。</translation>
    </message>
    <message>
        <source>The sample weights of a batch add up to {total}; give at least one sample a positive weight and none a negative one.</source>
        <translation>一个批次的样本权重之和为 {total}；请至少给一个样本正的权重，且不要给任何样本负的权重。</translation>
    </message>
    <message>
        <source>An output takes an activation from the list, not “{text}”. Use your own in a layer before it.</source>
        <translation>输出层只能用列表中的激活函数，不能用“{text}”；请把自己的函数放到前面的层。</translation>
    </message>
    <message>
        <source>Add needs inputs of one width but gets {widths}; give the blocks before it the same number of units, or use Concatenate.</source>
        <translation>相加模块要求各输入宽度相同，现在却是 {widths}；请让它前面的模块有相同的单元数，或改用拼接。</translation>
    </message>
    <message>
        <source>A cross names input {slot}, but only {count} are wired. Wire another category or remove that number.</source>
        <translation>交叉特征用到输入 {slot}，但只连了 {count} 个输入；请再连一个类别，或去掉这个编号。</translation>
    </message>
    <message>
        <source>The network has no input; drag an Input block onto the canvas.</source>
        <translation>网络没有输入；请把一个输入模块拖到画布上。</translation>
    </message>
    <message>
        <source>The network has no output; drag an Output block onto the canvas and wire it up.</source>
        <translation>网络没有输出；请把一个输出模块拖到画布上并连好。</translation>
    </message>
    <message>
        <source>The network has {count} outputs; delete all but one.</source>
        <translation>网络有 {count} 个输出；请只留一个，删除其余。</translation>
    </message>
    <message>
        <source>The input of “{block}” is not wired; drag a wire to it from another block.</source>
        <translation>“{block}”的输入没有连接；请从另一个模块拖一条连线到它。</translation>
    </message>
    <message>
        <source>“{block}” takes one wire but gets {count}; join them in an Add or Concatenate block first.</source>
        <translation>“{block}”只接一条连线，现在却有 {count} 条；请先用相加或拼接模块把它们合并。</translation>
    </message>
    <message>
        <source>“{block}” is the end of the network; delete the wire that leaves it.</source>
        <translation>“{block}”是网络的终点；请删除从它引出的连线。</translation>
    </message>
    <message>
        <source>“{block}” takes no wire; delete the wire that ends at it.</source>
        <translation>“{block}”不接受连线；请删除连到它的连线。</translation>
    </message>
    <message>
        <source>“{block}” belongs to a recommender and reads columns that the playground&apos;s data doesn&apos;t have. Train it with “neuroloom-engine recommend”, or delete it.</source>
        <translation>“{block}”是推荐系统的模块，要读取游乐场数据中没有的列；请用“neuroloom-engine recommend”训练它，或删除它。</translation>
    </message>
    <message>
        <source>A wire joins “{source}” to “{target}”, but one of them is not there; delete it.</source>
        <translation>有一条连线从“{source}”连到“{target}”，但其中一个不存在；请删除该连线。</translation>
    </message>
    <message>
        <source>Two wires run into input {slot} of “{block}”; delete one of them.</source>
        <translation>有两条连线接到“{block}”的输入 {slot}；请删除其中一条。</translation>
    </message>
    <message>
        <source>Two blocks have the id “{block}”; give one of them another.</source>
        <translation>有两个模块的 id 都是“{block}”；请给其中一个换一个 id。</translation>
    </message>
    <message>
        <source>“{block}” does not reach the output, so it is left out; wire it up or delete it.</source>
        <translation>“{block}”没有通向输出，因此不参与计算；请把它连上或删除。</translation>
    </message>
    <message>
        <source>An internal error stopped this; it has been written down in the log. Try it again.</source>
        <translation>内部错误中断了此操作，已记入日志。请重试。</translation>
    </message>
    <message>
        <source>There was not enough memory for this; close other programs, or take a smaller network or data set.</source>
        <translation>内存不足；请关闭其他程序，或使用更小的网络或数据集。</translation>
    </message>
    <message>
        <source>{path} cannot be read ({reason}); check its permissions or choose another file.</source>
        <translation>无法读取 {path}（{reason}）；请检查权限或选择其他文件。</translation>
    </message>
    <message>
        <source>{path} is not a readable Parquet file ({reason}); write it again or save it as CSV.</source>
        <translation>{path} 不是可读的 Parquet 文件（{reason}）；请重新生成，或存为 CSV。</translation>
    </message>
    <message>
        <source>{path} has only one column; a target and at least one input are needed, separated by comma, semicolon, tab or “|”.</source>
        <translation>{path} 只有一列；需要一个目标和至少一个输入，以逗号、分号、制表符或“|”分隔。</translation>
    </message>
    <message>
        <source>{path} has {columns} columns, more than {limit}; keep the columns that matter and open that.</source>
        <translation>{path} 有 {columns} 列，超过 {limit} 列；请只保留重要的列再打开。</translation>
    </message>
    <message>
        <source>There is no column “{column}”; choose one of: {known}.</source>
        <translation>没有“{column}”列；请从以下各列选择：{known}。</translation>
    </message>
    <message>
        <source>No column can serve as an input (numbers, or texts that repeat); choose the inputs by hand or another file.</source>
        <translation>没有可用作输入的列（数值，或重复出现的文本）；请手动选择输入或换一个文件。</translation>
    </message>
    <message>
        <source>The target “{column}” has no value in any row; choose another target.</source>
        <translation>目标“{column}”在所有行中都没有值；请选择其他目标。</translation>
    </message>
    <message>
        <source>The target “{column}” is “{value}” in every row, so there is nothing to learn; choose another target.</source>
        <translation>目标“{column}”在每一行都是“{value}”，没有可学的东西；请选择其他目标。</translation>
    </message>
    <message>
        <source>The target “{column}” has {count} classes, more than {limit}; choose another target or regression.</source>
        <translation>目标“{column}”有 {count} 个类别，超过 {limit} 个；请选择其他目标或改用回归。</translation>
    </message>
    <message>
        <source>The target “{column}” has {count} classes, not two; choose multi-class classification or another target.</source>
        <translation>目标“{column}”有 {count} 个类别，不是两个；请选择多分类或其他目标。</translation>
    </message>
    <message>
        <source>There is no data set “{name}”; choose one of: {known}.</source>
        <translation>没有名为“{name}”的数据集；请从 {known} 中选择。</translation>
    </message>
    <message>
        <source>All drawn points have one class; draw some of another colour as well.</source>
        <translation>画的点都属于同一类；请再画一些其他颜色的点。</translation>
    </message>
    <message>
        <source>A drawn point has the label {label}; classes are whole numbers from 0 to {highest}, or choose regression.</source>
        <translation>有一个点的标签是 {label}；类别应为 0 到 {highest} 的整数，或者选择回归。</translation>
    </message>
    <message>
        <source>There is no input feature “{token}” in this data; choose one of: {known}.</source>
        <translation>此数据没有输入特征“{token}”；请从 {known} 中选择。</translation>
    </message>
    <message>
        <source>The file has {megabytes} MB; {rows} rows were read from {places} places spread evenly through it.</source>
        <translation>文件有 {megabytes} MB；从均匀分布的 {places} 处读取了 {rows} 行。</translation>
    </message>
    <message>
        <source>{kept} of {rows} rows were drawn at random to bound the memory.</source>
        <translation>为限制内存占用，从 {rows} 行中随机抽取了 {kept} 行。</translation>
    </message>
    <message>
        <source>The file has no header; its columns are called column1, column2 and so on.</source>
        <translation>文件没有表头；各列命名为 column1、column2，依此类推。</translation>
    </message>
    <message>
        <source>Columns without a name of their own were renamed: {columns}.</source>
        <translation>没有专属名称的列已重新命名：{columns}。</translation>
    </message>
    <message>
        <source>The file is not UTF-8; it was read as {encoding}.</source>
        <translation>文件不是 UTF-8 编码；已按 {encoding} 读取。</translation>
    </message>
    <message>
        <source>Dates of “{column}” outside the years 1 to 9999 count as missing: {count}.</source>
        <translation>“{column}”中不在公元 1 至 9999 年之间的日期按缺失处理：{count} 个。</translation>
    </message>
    <message>
        <source>“{column}” has the same value in every row and was left out.</source>
        <translation>“{column}”在每一行的值都相同，未采用。</translation>
    </message>
    <message>
        <source>“{column}” has no values and was left out.</source>
        <translation>“{column}”没有任何值，未采用。</translation>
    </message>
    <message>
        <source>“{column}” differs in almost every row, like an identifier, and was left out.</source>
        <translation>“{column}”几乎每行都不同，像是编号，未采用。</translation>
    </message>
    <message>
        <source>“{column}” has {levels} different texts; the {kept} most frequent were kept, the rest pooled as “other”.</source>
        <translation>“{column}”有 {levels} 种不同的文本；保留了最常见的 {kept} 种，其余并为“other”。</translation>
    </message>
    <message>
        <source>The joint logit adds logits, one number each, but input {slot} has {width}; end it in a Dense 1.</source>
        <translation>联合 logit 把各个 logit 相加，每个输入应为一个数，但输入 {slot} 有 {width} 个；请让它以 1 个单元的全连接结尾。</translation>
    </message>
    <message>
        <source>“{block}” takes {takes}, but “{source}” gives {gives}; {mend}.</source>
        <translation>“{block}”接受 {takes}，但“{source}”给出 {gives}；{mend}。</translation>
    </message>
    <message>
        <source>“{path}” cannot be written: networks in {suffix} files can only be read; choose a name that ends in {known}.</source>
        <translation>无法写入“{path}”：{suffix} 文件中的网络只能读取；请选择以 {known} 结尾的名称。</translation>
    </message>
    <message>
        <source>There is no recommender “{kind}”; choose one of {known}.</source>
        <translation>没有名为“{kind}”的推荐模型；请从 {known} 中选择。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: the number of arguments of {found} is {count} here; make it {wanted}.</source>
        <translation>第 {line} 行第 {column} 列：这里 {found} 的参数有 {count} 个；请改为 {wanted} 个。</translation>
    </message>
    <message>
        <source>“{block}” has no such port; wire from an output port to an input port.</source>
        <translation>“{block}”没有这样的端口；请从输出端口连到输入端口。</translation>
    </message>
    <message>
        <source>{field} is missing; add it.</source>
        <translation>缺少 {field}；请补上。</translation>
    </message>
    <message>
        <source>The network has no weights yet. Wait until its data has loaded, then try again.</source>
        <translation>网络还没有权重；请等数据加载完再试。</translation>
    </message>
    <message>
        <source>No workspace opens this link. Check that you copied all of it.</source>
        <translation>没有工作区能打开此链接。请检查是否已完整复制。</translation>
    </message>
    <message>
        <source>From which number on does the label count as a yes? Type one, such as 4.</source>
        <translation>标签需要一个阈值，达到该值即算“是”；请输入一个数，例如 4。</translation>
    </message>
    <message>
        <source>The data couldn&apos;t be examined ({reason}). Try again, or see the program&apos;s log.</source>
        <translation>无法查看数据（{reason}）；请再试一次，或查看程序的日志。</translation>
    </message>
    <message>
        <source>The run couldn&apos;t be started ({reason}). Check that its folder can be written to and that Python can run.</source>
        <translation>无法启动运行（{reason}）；请查看它的文件夹是否可写、Python 能否运行。</translation>
    </message>
    <message>
        <source>“{path}” was drafted for another model or other data, so it isn&apos;t used. The network here is the run&apos;s own.</source>
        <translation>“{path}”是为另一个模型或另一份数据起草的，没有采用；这里的网络是本次运行自己的。</translation>
    </message>
    <message>
        <source>The run ended before it began ({reason}). Fix that, then resume it.</source>
        <translation>运行在开始之前就结束了（{reason}）；修正之后再继续。</translation>
    </message>
    <message>
        <source>This run has started in the meantime and keeps its network. Train yours as a new run.</source>
        <translation>这次运行已在此期间开始，保留它的网络；请把你的作为新运行训练。</translation>
    </message>
    <message>
        <source>No network is open. Open one in the playground to see its neurons here.</source>
        <translation>没有打开的网络；请在游乐场中打开一个，之后这里就能看到它的神经元。</translation>
    </message>
    <message>
        <source>“{path}” cannot be written ({reason}). The result is in {kept} instead.</source>
        <translation>无法写入“{path}”（{reason}）；结果已改存到 {kept}。</translation>
    </message>
    <message>
        <source>{path} doesn&apos;t exist. Check the path or choose another file.</source>
        <translation>没有文件 {path}；请检查路径或选择其他文件。</translation>
    </message>
    <message>
        <source>{path} cannot be read ({reason}). Put the file back in its place or choose another.</source>
        <translation>无法读取 {path}（{reason}）。请把文件放回原处，或选择其他文件。</translation>
    </message>
    <message>
        <source>No file is chosen. Choose a CSV or Parquet file.</source>
        <translation>没有选择文件；请指定一个 CSV 或 Parquet 文件。</translation>
    </message>
    <message>
        <source>{path} is empty. Choose a table with a header and rows of values.</source>
        <translation>{path} 是空的。请选择有表头和数据行的表格。</translation>
    </message>
    <message>
        <source>{path} isn&apos;t text, so it can&apos;t be read as a table. Choose a CSV (UTF-8) or Parquet file.</source>
        <translation>{path} 不是文本，无法作为表格读取。请选择 CSV（UTF-8）或 Parquet 文件。</translation>
    </message>
    <message>
        <source>{path} has a header but no rows. Add rows of values or choose another file.</source>
        <translation>{path} 有表头但没有数据行。请添加数据行，或选择其他文件。</translation>
    </message>
    <message>
        <source>{path} has a line longer than {limit} bytes. Check that it&apos;s a table with one row per line.</source>
        <translation>{path} 中有一行超过 {limit} 字节；请检查它是否为每行一条记录的表格。</translation>
    </message>
    <message>
        <source>{path} unpacks to more than {limit} bytes, far more than its size suggests. Don&apos;t trust it.</source>
        <translation>{path} 解压后超过 {limit} 字节，远大于按其大小所能预期的；请不要信任这个压缩包。</translation>
    </message>
    <message>
        <source>Loading {path} was cancelled. The earlier data set stays.</source>
        <translation>已取消加载 {path}；之前的数据集保持不变。</translation>
    </message>
    <message>
        <source>“{column}” is both the target and an input. Remove it from the inputs.</source>
        <translation>“{column}”同时是目标和输入；请把它从输入中去掉。</translation>
    </message>
    <message>
        <source>Too few usable rows are left ({rows}); at least {needed} are needed to train and to test.</source>
        <translation>剩下的可用行太少（{rows}）；训练和测试至少需要 {needed} 行。</translation>
    </message>
    <message>
        <source>“{column}” of {path} contains neither text nor numbers nor dates ({kind}). Choose another column.</source>
        <translation>{path} 的“{column}”列既不是文本，也不是数字或日期（{kind}）；请选择另一列。</translation>
    </message>
    <message>
        <source>The target “{column}” contains neither numbers nor text. Choose another target.</source>
        <translation>目标“{column}”既不是数值也不是文本；请选择其他目标。</translation>
    </message>
    <message>
        <source>Too few points are drawn ({points}); draw at least {needed} to train on.</source>
        <translation>画的点太少（{points}）；至少画 {needed} 个才能训练。</translation>
    </message>
    <message>
        <source>“{value}” isn&apos;t a value for “{column}”; {wanted}.</source>
        <translation>“{value}”不是“{column}”的有效值；{wanted}。</translation>
    </message>
    <message>
        <source>In {columns}, “{example}” was read as {value}, and all numbers likewise.</source>
        <translation>{columns} 中的“{example}”读作 {value}，所有数值都照此读取。</translation>
    </message>
    <message>
        <source>In “{column}”, “{example}” was read as {value}; it could also be {other}: name the decimal sign if it is.</source>
        <translation>“{column}”中的“{example}”读作 {value}，也可能是 {other}；如果是，请指定小数点符号。</translation>
    </message>
    <message>
        <source>“{column}” holds dates and counts the days since {first}, its earliest; “{example}” was read as {read}.</source>
        <translation>“{column}”是日期，按距最早日期 {first} 的天数计算；“{example}”读作 {read}。</translation>
    </message>
    <message>
        <source>“{column}” holds dates and was left out, as asked.</source>
        <translation>“{column}”是日期，已按要求不采用。</translation>
    </message>
    <message>
        <source>Rows without a value for “{column}” were dropped: {count}.</source>
        <translation>丢弃了 {count} 行没有“{column}”值的数据。</translation>
    </message>
    <message>
        <source>Rows with missing values were dropped: {count}.</source>
        <translation>丢弃了 {count} 行有缺失值的数据。</translation>
    </message>
    <message>
        <source>Rows with values far from all others were left out, as chosen: {count}.</source>
        <translation>按选择去掉了 {count} 行数值远离其他所有值的数据。</translation>
    </message>
    <message>
        <source>Missing numbers in {columns} ({count} in all) were replaced by the mean of the training rows.</source>
        <translation>{columns} 中缺失的数值（共 {count} 个）已用训练行的均值填充。</translation>
    </message>
    <message>
        <source>Missing texts in {columns} ({count} in all) became a level “missing” of their own.</source>
        <translation>{columns} 中缺失的文本（共 {count} 个）单独成为一个类别“missing”。</translation>
    </message>
    <message>
        <source>“{path}” is {kind}, not a Neuroloom document. Choose a .loom file or, for data, one that ends in {known}.</source>
        <translation>“{path}”是{kind}，不是 Neuroloom 文档。请选择 .loom 文件；数据请选择以 {known} 结尾的文件。</translation>
    </message>
    <message>
        <source>“{path}” is JSON but not a Neuroloom document. Choose a file that Neuroloom saved.</source>
        <translation>“{path}”是 JSON，但不是 Neuroloom 文档；请选择由 Neuroloom 保存的文件。</translation>
    </message>
    <message>
        <source>Some runs in “{path}” are damaged and left out ({count}). The rest opens as it was saved.</source>
        <translation>“{path}”中有训练已损坏，未打开（{count} 个）。其余内容与保存时一样。</translation>
    </message>
    <message>
        <source>A link can only use TensorFlow Playground&apos;s own data. Choose circle, exclusive or, two Gaussians, two spirals, plane or multi-Gaussian.</source>
        <translation>链接只能表达 TensorFlow Playground 自带的数据。请选择圆与环、异或、两个高斯团、双螺旋、斜面或多高斯。</translation>
    </message>
    <message>
        <source>TensorFlow Playground always draws {needed} points of this data. Set samples to {needed}.</source>
        <translation>TensorFlow Playground 对此数据总是生成 {needed} 个点。请把样本数设为 {needed}。</translation>
    </message>
    <message>
        <source>Every layer of TensorFlow Playground has biases. Turn them on.</source>
        <translation>TensorFlow Playground 的每一层都有偏置。请打开偏置。</translation>
    </message>
    <message>
        <source>The output of TensorFlow Playground uses squared error and {activation}. Set the output&apos;s loss and activation to these.</source>
        <translation>TensorFlow Playground 的输出使用平方误差和 {activation}。请这样设置输出的损失和激活函数。</translation>
    </message>
    <message>
        <source>A link opens in TensorFlow Playground, which trains by SGD at a constant rate, without clipping. Choose these under “Optimiser”.</source>
        <translation>链接会在 TensorFlow Playground 中打开，它用 SGD 以恒定的学习率训练，不裁剪。请在“优化器”中选择这些。</translation>
    </message>
    <message>
        <source>TensorFlow Playground takes the rows in the same order in every epoch. Turn shuffling off.</source>
        <translation>TensorFlow Playground 每轮都按相同的顺序取行。请关闭打乱。</translation>
    </message>
    <message>
        <source>TensorFlow Playground has L1 or L2, not both. Set one of them to 0.</source>
        <translation>TensorFlow Playground 只能用 L1 或 L2 之一，不能兼用。请把其中一个设为 0。</translation>
    </message>
    <message>
        <source>{path} isn&apos;t a table of a known data set. Say which column is the user and which is the item: {columns}. “recommend data FILE --propose” says what they may be.</source>
        <translation>{path} 是表格，但不属于已知的数据集。请指明哪一列是用户、哪一列是物品：{columns}。“recommend data FILE --propose”会给出建议。</translation>
    </message>
    <message>
        <source>This looks like a log of who did what, which needs no label. Name “{user}” as its user column and “{item}” as its item column.</source>
        <translation>这看起来是记录“谁做了什么”的日志，不需要标签。请把“{user}”指定为用户列，把“{item}”指定为物品列。</translation>
    </message>
    <message>
        <source>Which column of “{path}” should be predicted? Name it with --label. “recommend data FILE --propose” says what each may be.</source>
        <translation>要预测“{path}”的哪一列？请用 --label 指明。“recommend data FILE --propose”会给出建议。</translation>
    </message>
    <message>
        <source>“{column}” should be compared with a number but doesn&apos;t contain numbers. Choose the text that counts as a yes instead.</source>
        <translation>“{column}”要与数字比较，但其中没有数字。请改为选择算作“是”的文本。</translation>
    </message>
    <message>
        <source>To read a column that was left out, name all columns to read by --categories and --numbers.</source>
        <translation>要使用被略去的列，请用 --categories 和 --numbers 列出要读取的所有列。</translation>
    </message>
    <message>
        <source>The new rows of “{path}” can&apos;t be judged: none is a user&apos;s last watch of an item that the network knows, after another such watch.</source>
        <translation>“{path}”里的新行无法用来评判：没有一行是某位用户对网络已知物品的最后一次观看，且此前还看过另一个这样的物品。</translation>
    </message>
    <message>
        <source>A list of {k} holds all {items} {items:item|items}, so hit rate@{k} says nothing.</source>
        <translation>长度为 {k} 的列表已包含全部 {items} 个物品，因此命中率@{k} 说明不了什么。</translation>
    </message>
    <message>
        <source>“{path}” contains what no run has written ({names}). Choose an empty folder, or one that isn&apos;t there yet.</source>
        <translation>“{path}”中有并非由训练写入的内容（{names}）。请选择一个空文件夹，或一个尚不存在的文件夹。</translation>
    </message>
    <message>
        <source>A run&apos;s name has 1 to {most} characters, and this one has {count}. Choose another.</source>
        <translation>运行的名称应有 1 到 {most} 个字符，而这个有 {count} 个。请换一个。</translation>
    </message>
    <message>
        <source>The folder “{path}” was kept, because it also contains what no run has written: {names}.</source>
        <translation>文件夹“{path}”被保留，因为其中还有并非由运行写入的内容：{names}。</translation>
    </message>
    <message>
        <source>Row {row} of “{path}”, counting any header, wasn&apos;t read: it is outside rows {first} to {last}, or was left out. Evaluate newer rows by themselves, or train again.</source>
        <translation>没有读取“{path}”的第 {row} 行（表头计入行号）：它在第 {first} 至 {last} 行之外，或已被略去。可单独评估新增的行，或重新训练。</translation>
    </message>
    <message>
        <source>There was no row {row} when this was trained: the data had rows 0 to {last}. Evaluate newer rows by themselves, or train again.</source>
        <translation>训练时没有第 {row} 行：数据只有第 0 至 {last} 行。可单独评估新增的行，或重新训练。</translation>
    </message>
    <message>
        <source>{reason} “{path}” can&apos;t be read as it was; figures are for the rows it was trained and tested on.</source>
        <translation>{reason}“{path}”无法再按原样读取；数字针对它训练和测试所用的行。</translation>
    </message>
    <message>
        <source>“{checkpoint}” doesn&apos;t carry its rows, and “{path}” as it was in training isn&apos;t there. Find that file.</source>
        <translation>“{checkpoint}”不含数据行，而训练时的“{path}”已不在原处。请找到该文件。</translation>
    </message>
    <message>
        <source>{field} is {value}; it must be {limit} or more.</source>
        <translation>{field} 为 {value}；必须大于或等于 {limit}。</translation>
    </message>
    <message>
        <source>{field} is {value}; it must be greater than {limit}.</source>
        <translation>{field} 为 {value}；必须大于 {limit}。</translation>
    </message>
    <message>
        <source>{field} is {value}; it must be {limit} or less.</source>
        <translation>{field} 为 {value}；必须小于或等于 {limit}。</translation>
    </message>
    <message>
        <source>{field} is {value}; it must be less than {limit}.</source>
        <translation>{field} 为 {value}；必须小于 {limit}。</translation>
    </message>
    <message>
        <source>{field} is {value}; it must be a finite number.</source>
        <translation>{field} 为 {value}；必须是有限的数值。</translation>
    </message>
    <message>
        <source>{field} is {value}; it must be a number.</source>
        <translation>{field} 为 {value}；必须是数值。</translation>
    </message>
    <message>
        <source>{field} is {value}; it must be a whole number.</source>
        <translation>{field} 为 {value}；必须是整数。</translation>
    </message>
    <message>
        <source>{field} is {value}; it must be true or false.</source>
        <translation>{field} 为 {value}；必须是 true 或 false。</translation>
    </message>
    <message>
        <source>{field} is {value}; it must be text.</source>
        <translation>{field} 为 {value}；必须是文本。</translation>
    </message>
    <message>
        <source>{field} is {value}; it must be a list.</source>
        <translation>{field} 为 {value}；必须是列表。</translation>
    </message>
    <message>
        <source>{field} is {value}; it must be an object with named fields.</source>
        <translation>{field} 为 {value}；必须是带有命名字段的对象。</translation>
    </message>
    <message>
        <source>{field} is {value}; choose {choices}.</source>
        <translation>{field} 为 {value}；请选择 {choices}。</translation>
    </message>
    <message>
        <source>This is not readable as JSON ({detail}); correct it there.</source>
        <translation>这不是可读的 JSON（{detail}）；请在该处更正。</translation>
    </message>
    <message>
        <source>{field} is {value}, which does not fit ({detail}); correct it.</source>
        <translation>{field} 为 {value}，不符合要求（{detail}）；请更正。</translation>
    </message>
    <message>
        <source>There is no optimiser called &apos;{key}&apos;; choose one of {known}.</source>
        <translation>没有名为“{key}”的优化器；请从 {known} 中选择。</translation>
    </message>
    <message>
        <source>{field} isn&apos;t known here. Remove it or correct its name.</source>
        <translation>这里不认识 {field}；请删除或更正名称。</translation>
    </message>
    <message>
        <source>“{path}” exists and isn&apos;t a network. Choose another name so that it isn&apos;t overwritten.</source>
        <translation>“{path}”已存在，但不是网络文件；请换一个文件名，以免把它覆盖。</translation>
    </message>
    <message>
        <source>“{path}” isn&apos;t a network file: it isn&apos;t valid JSON (line {line}). Choose a .loom file.</source>
        <translation>“{path}”不是网络文件：其中没有有效的 JSON（第 {line} 行）；请选择 .loom 文件。</translation>
    </message>
    <message>
        <source>“{path}” has more than {limit} values, too many for a network file. Choose another file.</source>
        <translation>“{path}”含有超过 {limit} 个值，网络文件不会有这么多；请选择另一个文件。</translation>
    </message>
    <message>
        <source>“{path}” is damaged: {detail} Save it again, or fix it in a text editor.</source>
        <translation>“{path}”已损坏：{detail} 请重新保存，或用文本编辑器修复。</translation>
    </message>
    <message>
        <source>The training state in “{path}” is damaged ({where}). It opens with its weights, at epoch 0 and without curves.</source>
        <translation>“{path}”中的训练进度已损坏（{where}）。它会带着权重打开，从第 0 轮开始，没有曲线。</translation>
    </message>
    <message>
        <source>Neuroloom can&apos;t open this link. Use one that begins with {known}.</source>
        <translation>这不是 Neuroloom 能打开的链接；请给出以 {known} 开头的链接。</translation>
    </message>
    <message>
        <source>The name of “{path}” isn&apos;t UTF-8, so a run can&apos;t store it. Rename the file.</source>
        <translation>“{path}”的文件名不是 UTF-8 编码，训练运行无法记录它；请重命名。</translation>
    </message>
    <message>
        <source>{title} isn&apos;t part of this copy of Neuroloom. Get it from {page} and open it as your own file.</source>
        <translation>这份 Neuroloom 不含{title}；请从 {page} 下载，再作为自己的文件选用。</translation>
    </message>
    <message>
        <source>Your own data needs the path of a file, a folder or a zip. Name one.</source>
        <translation>使用自己的数据需要文件、文件夹或 zip 的路径；请指定一个。</translation>
    </message>
    <message>
        <source>“{path}” has no rows other than those the network was trained and tested on.</source>
        <translation>“{path}”中除网络训练和测试所用的行之外没有新的行。</translation>
    </message>
    <message>
        <source>The expression would have {count} characters; the limit is {limit}. It stays as it was. Insert less.</source>
        <translation>表达式将有 {count} 个字符，最多允许 {limit} 个，因此保持不变：请少输入一些。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: brackets, signs and powers are nested more than {limit} deep. Give a part of it a name on its own line.</source>
        <translation>第 {line} 行，第 {column} 列：此处括号、符号和幂的嵌套超过 {limit} 层；请把其中一部分单独写成一行并命名。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: “{found}” closes a bracket that was never opened. Remove it.</source>
        <translation>第 {line} 行，第 {column} 列：“{found}”没有对应的左括号；请去掉它。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: there is no function “{found}”. Did you mean {nearest}?</source>
        <translation>第 {line} 行第 {column} 列：没有函数“{found}”。是指 {nearest} 吗？</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: “{found}” isn&apos;t known here. Did you mean {nearest}?</source>
        <translation>第 {line} 行第 {column} 列：这里不认识“{found}”。是指 {nearest} 吗？</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: “[” picks from a list, but there is no list before it. Remove it.</source>
        <translation>第 {line} 行，第 {column} 列：“[”用来从列表中取值，但它前面没有列表；请去掉它。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: “{found}” is already defined. Choose another name.</source>
        <translation>第 {line} 行，第 {column} 列：“{found}”已经定义过；请换一个名称。</translation>
    </message>
    <message>
        <source>The expression can&apos;t be read yet, so its inputs keep their values. Finish or correct it first.</source>
        <translation>表达式目前无法读取，因此叶节点的值保持不变；请先写完或修正它。</translation>
    </message>
    <message>
        <source>{node} divides by 0. Change the denominator.</source>
        <translation>{node} 除以 0。请修改分母。</translation>
    </message>
    <message>
        <source>{node} is the logarithm of a negative number, which isn&apos;t defined. Make it positive.</source>
        <translation>{node} 是负数的对数，而负数没有对数；请使它为正。</translation>
    </message>
    <message>
        <source>{node} raises a negative number to a power that isn&apos;t a whole number. Make the base positive or the exponent whole.</source>
        <translation>{node} 是负数的非整数次幂；请使底数为正，或指数为整数。</translation>
    </message>
    <message>
        <source>{node} exceeds the largest number possible (1.8e308). Make its inputs smaller.</source>
        <translation>{node} 超出了这里的最大数 （1.8e308）；请减小传入它的值。</translation>
    </message>
    <message>
        <source>The gradient of {node} exceeds the largest number possible (1.8e308). Make the factors on the way smaller.</source>
        <translation>{node} 的梯度超出了这里的最大数 （1.8e308）；请减小途中的因子。</translation>
    </message>
    <message>
        <source>{node} has no finite value here. Open it again to see which part causes this.</source>
        <translation>{node} 在此处没有有限的值；请重新展开它，看是哪一部分的问题。</translation>
    </message>
    <message>
        <source>Collapsing needs two or more operations. Choose more of them.</source>
        <translation>一个节点由两个或更多运算合成；请多选一些。</translation>
    </message>
    <message>
        <source>These nodes pass on more than one value, {one} and {other}. Choose nodes where only one is used by others.</source>
        <translation>这些节点传出不止一个值：{one} 和 {other}；请选择其中只有一个被其他节点使用的一组。</translation>
    </message>
    <message>
        <source>{what} needs {packages}, which isn&apos;t installed. Install with {command}.</source>
        <translation>{what}需要 {packages}，这里没有安装；可用 {command} 安装。</translation>
    </message>
    <message>
        <source>{what} needs {packages}, which this copy lacks. Use the copy with PyTorch.</source>
        <translation>{what}需要 {packages}，而这份程序没有带；请改用带 PyTorch 的那一份。</translation>
    </message>
    <message>
        <source>Not checked: PyTorch isn&apos;t installed. Install it with {command}.</source>
        <translation>未核对：没有安装 PyTorch；可用 {command} 安装。</translation>
    </message>
    <message>
        <source>“{names}” is now the name of a function, so the variable is called “{others}” here. Undo restores the text.</source>
        <translation>“{names}”现在是函数名，因此同名变量在这里改称“{others}”；撤销可恢复原文。</translation>
    </message>
    <message>
        <source>“{names}” are now names of functions, so the variables are called “{others}” here. Undo restores the text.</source>
        <translation>“{names}”现在都是函数名，因此同名变量在这里改称“{others}”；撤销可恢复原文。</translation>
    </message>
    <message>
        <source>An activation can have at most {limit} characters; this one has {count}. Shorten it.</source>
        <translation>这里的激活函数最多 {limit} 个字符，而它有 {count} 个；请缩短。</translation>
    </message>
    <message>
        <source>Besides x, {count} names have no value ({names}). Write numbers for all but {limit} of them.</source>
        <translation>除 x 之外，还有 {count} 个名称没有值（{names}）；请把它们写成数，最多留 {limit} 个。</translation>
    </message>
    <message>
        <source>“{names}” has no value in “{text}”. Write a number in its place to use it in a layer.</source>
        <translation>“{text}” 中的“{names}”没有值；写成数字后才能用在层中。</translation>
    </message>
    <message>
        <source>Standard output cannot be written ({reason}). Redirect it, or free some space.</source>
        <translation>无法写入标准输出（{reason}）；请改到别处输出，或释放一些空间。</translation>
    </message>
    <message>
        <source>This wire would close a loop. Wire forward, from the input towards the output.</source>
        <translation>这条连线会形成环；请从输入向输出方向连线。</translation>
    </message>
    <message>
        <source>With “{block}” the network has more than {limit} weights. Remove blocks or units.</source>
        <translation>加上“{block}”，网络的权重超过 {limit} 个；请去掉一些模块或单元。</translation>
    </message>
    <message>
        <source>“{name}” of block “{block}” is {shape} and has no element ({index}); give one index from 0 for each dimension.</source>
        <translation>模块“{block}”的“{name}”形状为 {shape}，没有元素（{index}）；请为每个维度给出一个从 0 开始的下标。</translation>
    </message>
    <message>
        <source>“{name}” of block “{block}” cannot be {value}; give it a finite number.</source>
        <translation>模块“{block}”的“{name}”不能是 {value}；请给出有限的数值。</translation>
    </message>
    <message>
        <source>The {backend} backend can&apos;t train this network because it doesn&apos;t know all of its blocks. Choose torch or auto.</source>
        <translation>{backend} 后端无法训练这个网络，其中有它不认识的模块；请选择 torch 或 auto。</translation>
    </message>
    <message>
        <source>A pass needs at least one sample; choose a row of the data set.</source>
        <translation>一次传播至少需要一个样本；请选择数据集中的一行。</translation>
    </message>
    <message>
        <source>There is no row {index}; the data set has rows 0 to {last}.</source>
        <translation>没有第 {index} 行；数据集的行号为 0 到 {last}。</translation>
    </message>
    <message>
        <source>The input has {found} values, but the data set has {needed} columns: {columns}; give them all.</source>
        <translation>输入有 {found} 个值，而数据集有 {needed} 列：{columns}；请全部给出。</translation>
    </message>
    <message>
        <source>The target has {found} values, but the network has {needed} outputs; give one for each.</source>
        <translation>目标有 {found} 个值，而网络有 {needed} 个输出；请为每个输出各给一个。</translation>
    </message>
    <message>
        <source>“{path}” cannot be read ({reason}); check that it exists and that you may open it.</source>
        <translation>无法读取“{path}”（{reason}）；请检查它是否存在，以及你是否有权打开。</translation>
    </message>
    <message>
        <source>“{path}” has format version {version}, and this Neuroloom reads version {known}; open it with a newer Neuroloom.</source>
        <translation>“{path}”的格式版本为 {version}，而此 Neuroloom 只能读取版本 {known}；请用更新版本的 Neuroloom 打开。</translation>
    </message>
    <message>
        <source>The weights “{name}” of block “{block}” in “{path}” are not a rectangular array of finite numbers; remove them from the file to start from seeded values.</source>
        <translation>“{path}”中模块“{block}”的权重“{name}”不是由有限数值组成的矩形数组；请从文件中删去它们，以便用种子生成初始值。</translation>
    </message>
    <message>
        <source>The weights “{name}” of block “{block}” have shape {found}, but the graph needs {needed}; remove them from the file to start from seeded values.</source>
        <translation>模块“{block}”的权重“{name}”形状为 {found}，而网络图需要 {needed}；请从文件中删去它们，以便用种子生成初始值。</translation>
    </message>
    <message>
        <source>The file holds weights “{name}” for block “{block}”, but the graph has no such block or the block no such weights; remove them from the file or mend the block&apos;s id.</source>
        <translation>文件中有模块“{block}”的权重“{name}”，但网络图中没有此模块，或该模块没有这样的权重；请从文件中删去它们，或更正模块的 id。</translation>
    </message>
    <message>
        <source>The weights file “{path}” that belongs to the network is missing; put it beside the network file.</source>
        <translation>属于该网络的权重文件“{path}”不见了；请把它放在网络文件旁边。</translation>
    </message>
    <message>
        <source>The weights file “{path}” is not the one that was saved with the network (its SHA-256 differs); restore it.</source>
        <translation>权重文件“{path}”不是与网络一起保存的那个（SHA-256 不同）；请恢复原文件。</translation>
    </message>
    <message>
        <source>“{path}” cannot be written ({reason}); choose another place or free some space.</source>
        <translation>无法写入“{path}”（{reason}）；请选择其他位置或腾出空间。</translation>
    </message>
    <message>
        <source>Training stopped at step {step}: the {what} of “{block}” is no longer finite; lower the learning rate, clip the gradient or start from smaller weights.</source>
        <translation>训练在第 {step} 步停止：“{block}”的{what}不再是有限数；请减小学习率、裁剪梯度，或从更小的权重开始。</translation>
    </message>
    <message>
        <source>Training stopped at step {step}: the weights of “{block}” have grown beyond {limit:g}; lower the learning rate, clip the gradient or start from smaller weights.</source>
        <translation>训练在第 {step} 步停止：“{block}”的权重已超过 {limit:g}；请减小学习率、裁剪梯度，或从更小的权重开始。</translation>
    </message>
    <message>
        <source>{count} of the item vectors hold values that are not finite; the model has diverged: lower its learning rate and train it again.</source>
        <translation>有 {count} 个物品向量含有非有限的值，模型已发散；请减小学习率并重新训练。</translation>
    </message>
    <message>
        <source>“{block}” reads the column “{column}”, which the data does not have; choose one of {columns}.</source>
        <translation>“{block}”要读取“{column}”列，但数据中没有；请从 {columns} 中选择。</translation>
    </message>
    <message>
        <source>“{block}” needs {wanted} from the column “{column}”; choose another column for it.</source>
        <translation>“{block}”需要“{column}”列提供 {wanted}；请为它选择其他列。</translation>
    </message>
    <message>
        <source>The wires form a loop through {blocks}. Delete one of the wires between them.</source>
        <translation>连线经过 {blocks} 绕成了环；请删除其间的一条连线。</translation>
    </message>
    <message>
        <source>“{path}” is larger than {limit} MB, too large for a document of this kind. Choose another file.</source>
        <translation>“{path}”超过 {limit} MB，这类文档都没有这么大；请选择其他文件。</translation>
    </message>
    <message>
        <source>“{path}” is damaged: it isn&apos;t valid JSON (line {line}). Choose another file.</source>
        <translation>“{path}”已损坏：其中没有有效的 JSON（第 {line} 行）；请选择其他文件。</translation>
    </message>
    <message>
        <source>“{path}” would be larger than {limit} MB. Remove something, then save.</source>
        <translation>“{path}”会超过 {limit} MB；请去掉一些内容再保存。</translation>
    </message>
    <message>
        <source>“{path}” is damaged: {detail} Fix it in a text editor, or choose another file.</source>
        <translation>“{path}”已损坏：{detail} 请用文本编辑器修复，或选择其他文件。</translation>
    </message>
    <message>
        <source>“{path}” wasn&apos;t written because it couldn&apos;t be read back: {detail} Correct that, then save.</source>
        <translation>无法写入“{path}”，因为写入后无法再读取：{detail} 请更正后再保存。</translation>
    </message>
    <message>
        <source>“{key}” mixes the units of a layer, so a unit has no slope of its own. Choose one of {known}.</source>
        <translation>“{key}”的隐藏层把各单元混在一起，没有各自的斜率；请从 {known} 中选择。</translation>
    </message>
    <message>
        <source>It has no variable “{name}”. Its variables: {known}.</source>
        <translation>其中没有变量“{name}”；现有：{known}。</translation>
    </message>
    <message>
        <source>It has no variables, so “{name}” can&apos;t be one. Leave it out.</source>
        <translation>其中没有变量“{name}”，也没有其他变量；请略去它。</translation>
    </message>
    <message>
        <source>It has no variable “{name}”. Did you mean {nearest}?</source>
        <translation>其中没有变量“{name}”。是指 {nearest} 吗？</translation>
    </message>
    <message>
        <source>Neither uv nor pip is available to install {packages} for {python}. Install uv, then try again.</source>
        <translation>没有 uv 或 pip，无法为 {python} 安装 {packages}；请先安装 uv，再试一次。</translation>
    </message>
    <message>
        <source>{packages} can&apos;t be added to the portable Neuroloom. Use the one that has it, or install Neuroloom with uv or pip.</source>
        <translation>便携版 Neuroloom 无法加装 {packages}；请改用自带它的版本，或用 uv 或 pip 安装 Neuroloom。</translation>
    </message>
    <message>
        <source>“{path}” can&apos;t be written to. Install Neuroloom into your own environment (with {command}), or ask its administrator.</source>
        <translation>无法写入“{path}”。请把 Neuroloom 安装到你自己的环境中（用 {command}），或联系管理员。</translation>
    </message>
    <message>
        <source>The package registry can&apos;t be reached. Check the network, then try again.</source>
        <translation>无法连接软件包仓库；请检查网络，再试一次。</translation>
    </message>
    <message>
        <source>The installer failed (“{reason}”). Its log says why. Fix that, then try again.</source>
        <translation>安装程序已放弃（“{reason}”），原因见日志。请排除后再试一次。</translation>
    </message>
    <message>
        <source>There isn&apos;t enough memory for this. Choose fewer units, features or rows, or close other programs.</source>
        <translation>内存不足；请减少单元、特征或行，或关闭其他程序。</translation>
    </message>
    <message>
        <source>“{text}” isn&apos;t valid UTF-8. Type it in UTF-8.</source>
        <translation>“{text}”不是 UTF-8 文本；请用 UTF-8 输入。</translation>
    </message>
    <message>
        <source>“{table}” isn&apos;t a truth table. Name one of {known}, or write its targets as 2, 4 or 8 digits 0 and 1, such as 0110.</source>
        <translation>“{table}”不是真值表；请给出 {known} 之一，或把目标写成 2、4 或 8 位的 0 和 1，例如 0110。</translation>
    </message>
    <message>
        <source>The learning rate can&apos;t be {rate:g}. Choose one above 0 and up to 10.</source>
        <translation>学习率不能是 {rate:g}。请选择大于 0、不超过 10 的值。</translation>
    </message>
    <message>
        <source>“{path}” isn&apos;t a recommender&apos;s checkpoint. Choose a file that a training run wrote.</source>
        <translation>“{path}”不是推荐系统的检查点；请选择由训练写出的文件。</translation>
    </message>
    <message>
        <source>“{path}” is truncated: it has {found} of {expected} bytes. Use another copy or train again.</source>
        <translation>“{path}”被截断了：应有 {expected} 字节，只有 {found} 字节；请使用另一份副本或重新训练。</translation>
    </message>
    <message>
        <source>“{path}” is damaged: {detail} Use another copy or train again.</source>
        <translation>“{path}”已损坏：{detail} 请使用另一份副本或重新训练。</translation>
    </message>
    <message>
        <source>“{path}” exists and isn&apos;t a checkpoint. Choose another name so that it isn&apos;t overwritten.</source>
        <translation>“{path}”已存在，但不是检查点；请换一个文件名，以免把它覆盖。</translation>
    </message>
    <message>
        <source>“{path}” is damaged: “{name}” contains numbers that aren&apos;t finite. Use another copy or train again.</source>
        <translation>“{path}”已损坏：“{name}”中有非有限的数。请使用另一份副本，或重新训练。</translation>
    </message>
    <message>
        <source>“{path}” belongs to another graph: “{name}” of block “{block}” is {found} in the checkpoint and {expected} in the graph. Use the graph it was saved with.</source>
        <translation>“{path}”属于另一个网络图：模块“{block}”的“{name}”在检查点中为 {found}，在网络图中为 {expected}；请使用与它一起保存的网络图。</translation>
    </message>
    <message>
        <source>“{path}” belongs to another graph: block “{block}” {difference}. Use the graph it was saved with.</source>
        <translation>“{path}”属于另一个网络图：模块“{block}” {difference}；请使用与它一起保存的网络图。</translation>
    </message>
    <message>
        <source>“{path}” was saved with {name} {found}; this run has {expected}. A run can only continue with the same {name}.</source>
        <translation>“{path}”保存时 {name} 为 {found}，而本次运行为 {expected}；只有 {name} 相同才能继续训练。</translation>
    </message>
    <message>
        <source>“{path}” lacks the optimiser&apos;s memory of “{name}” of block “{block}”. It can be evaluated, but training can&apos;t continue from it. Choose a checkpoint that a training run wrote.</source>
        <translation>“{path}”缺少优化器对模块“{block}”的“{name}”的记忆：可以用来评估，但不能由此继续训练；请选择由训练写出的检查点。</translation>
    </message>
    <message>
        <source>bf16 needs a CUDA device that supports it; this run is on {device}. Choose fp32.</source>
        <translation>bf16 需要能以它计算的 CUDA 设备，而本次运行在 {device} 上；请选择 fp32。</translation>
    </message>
    <message>
        <source>Line {line} of “{path}” isn&apos;t an event of a training run. Choose a file written with --events jsonl.</source>
        <translation>“{path}”的第 {line} 行不是训练的事件；请选择由 --events jsonl 写出的文件。</translation>
    </message>
    <message>
        <source>“{path}” isn&apos;t the plan of a run ({reason}). Correct it, or start a new run.</source>
        <translation>“{path}”不是运行的计划（{reason}）；请在其中更正，或开始新的运行。</translation>
    </message>
    <message>
        <source>Process {pid} is working on the run in “{path}”. Stop it first, or choose another folder.</source>
        <translation>“{path}”中的运行正由进程 {pid} 处理；请先停止它，或选择别的文件夹。</translation>
    </message>
    <message>
        <source>“{path}” cannot be written ({reason}). The run continues and keeps its messages until it can. Free some space.</source>
        <translation>无法写入“{path}”（{reason}）：运行继续，要记录的内容先保留到可写为止；请腾出空间。</translation>
    </message>
    <message>
        <source>“{path}” already holds a run. Continue it with --resume, or choose another folder.</source>
        <translation>“{path}”已有一次运行；请用 --resume 继续，或选择别的文件夹。</translation>
    </message>
    <message>
        <source>“{path}” wasn&apos;t put there by a run (it&apos;s a link, or something else by that name). Move it away, or choose another folder.</source>
        <translation>“{path}”不是训练运行写下的文件（它是链接，或只是同名的其他内容）。请把它移走，或选择另一个文件夹。</translation>
    </message>
    <message>
        <source>A new run would write to “{path}”. Move that file away, or choose another folder.</source>
        <translation>“{path}”占用了新训练要写入的位置。请将其移走，或选择其他文件夹。</translation>
    </message>
    <message>
        <source>“{path}” doesn&apos;t hold a run. Choose a folder in which a run has been planned.</source>
        <translation>“{path}”没有运行；请选择已计划运行的文件夹。</translation>
    </message>
    <message>
        <source>This line isn&apos;t JSON ({reason}). Write one question per line, such as {example}.</source>
        <translation>此行不是 JSON（{reason}）；每行写一个问题，例如 {example}。</translation>
    </message>
    <message>
        <source>This line asks nothing. Write an object with a field “ask”, such as {example}.</source>
        <translation>这一行没有提问。请写一个含有字段“ask”的对象，例如 {example}。</translation>
    </message>
    <message>
        <source>The question&apos;s id is neither a whole number nor text. Use one of these, or leave it out.</source>
        <translation>问题的 id 既不是整数也不是文本；请给出其一，或不给。</translation>
    </message>
    <message>
        <source>“{ask}” couldn&apos;t be answered ({reason}). This is a bug in the program; other questions still work.</source>
        <translation>无法回答“{ask}”（{reason}）：这是程序的错误；可以问别的问题。</translation>
    </message>
    <message>
        <source>{path} has more than {limit} bytes or {lines} lines, too many for a table that goes with a log. Leave it out.</source>
        <translation>{path} 超过 {limit} 字节或 {lines} 行，作为日志旁的表太大；请去掉它。</translation>
    </message>
    <message>
        <source>“{member}” in {path} uses a compression that isn&apos;t supported. Pack it again as an ordinary zip (deflate).</source>
        <translation>{path} 中的“{member}”用这里不支持的方式打包；请重新打包为普通 zip（deflate）。</translation>
    </message>
    <message>
        <source>This checkpoint doesn&apos;t say which file it was trained on ({reason}). Use another copy or train again.</source>
        <translation>该检查点没有说明它是用哪个文件训练的（{reason}）；请使用另一份副本，或重新训练。</translation>
    </message>
    <message>
        <source>Rows of “{path}” have changed (changed: {changed}, added: {added}, gone: {gone}); figures are for the rows it was trained and tested on.</source>
        <translation>“{path}”的行有变化（修改 {changed} 行，新增 {added} 行，消失 {gone} 行）；数字针对它训练和测试所用的行。</translation>
    </message>
    <message>
        <source>“{path}” has changed, but only in order, formatting, or rows and columns that aren&apos;t read. Figures and titles are those from training.</source>
        <translation>“{path}”已更改，但只涉及行的顺序、格式，或未读取的行和列。这里的数据和标题仍是训练时的。</translation>
    </message>
    <message>
        <source>Only titles have changed in “{path}”. The titles shown here are those from training.</source>
        <translation>“{path}”只有标题改动过；这里的标题是训练时的标题。</translation>
    </message>
    <message>
        <source>“{path}” has changed in its facts about users or items, not in who watched what. Everything here is as it was in training.</source>
        <translation>“{path}”中对用户或物品的描述有改动，谁看了什么没有变；这里的一切都与训练时相同。</translation>
    </message>
    <message>
        <source>Titles in “{path}” have changed, too. The titles shown here are those from training.</source>
        <translation>“{path}”中的标题也有变动。这里显示的标题是训练时的。</translation>
    </message>
    <message>
        <source>Facts about users or items in “{path}” have changed, too. Those used here are as they were in training.</source>
        <translation>“{path}”中用户或物品的信息也有变动。这里用的是训练时的信息。</translation>
    </message>
    <message>
        <source>“{path}” has changed since training, and the checkpoint doesn&apos;t carry its rows; find the file as it was to see answers and figures.</source>
        <translation>“{path}”在训练之后有变化，而检查点不含数据行；请找到原来的文件以查看回答和数字。</translation>
    </message>
    <message>
        <source>{reason} As it is, “{path}” isn&apos;t the training file.</source>
        <translation>{reason}因此“{path}”不是训练所用的文件。</translation>
    </message>
    <message>
        <source>“{path}” isn&apos;t the training file as it was, and can&apos;t be compared with it row by row. Choose another.</source>
        <translation>“{path}”与训练时的文件不同，也无法与之逐行比较。请另选一个文件。</translation>
    </message>
    <message>
        <source>Rows of “{path}” look changed rather than added (changed: {changed}, added: {added}, gone: {gone}), so this score can&apos;t be taken as one on unseen rows.</source>
        <translation>“{path}”中的行看来是被修改而非新增（修改 {changed} 行，新增 {added} 行，消失 {gone} 行），因此该得分不能视为在未见过的行上的得分。</translation>
    </message>
    <message>
        <source>Rows of training are no longer in “{path}” as they were (changed: {changed}, added: {added}, gone: {gone}), so this score isn&apos;t surely one on unseen rows.</source>
        <translation>“{path}”中有训练时的行已不是原样（修改 {changed} 行，新增 {added} 行，消失 {gone} 行），因此不能确定该得分是在未见过的行上得到的。</translation>
    </message>
    <message>
        <source>“{source}” isn&apos;t a file of yours, so there is nothing to locate.</source>
        <translation>“{source}”不是你自己的文件，因此没有可在别处查找的文件。</translation>
    </message>
    <message>
        <source>Sizes and counts are those of the rows that this network was trained and tested on, as its checkpoint carries them.</source>
        <translation>大小与计数按该网络训练和测试所用的行得出，这些行保存在检查点中。</translation>
    </message>
    <message>
        <source>“{path}” couldn&apos;t be opened to answer ({reason}). This is a bug in the program; please report it.</source>
        <translation>无法打开“{path}”来回答（{reason}）：这是程序的错误，请报告。</translation>
    </message>
    <message>
        <source>Standard input is closed, so no question can be asked. Keep it open, or ask one question with “recommend ask”.</source>
        <translation>标准输入已关闭，无法提问；请保持其打开，或用 “recommend ask” 提一个问题。</translation>
    </message>
    <message>
        <source>{count} {count:row|rows} of “{column}” {count:is|are} empty; leave rows without an outcome out of the table.</source>
        <translation>“{column}”有 {count} 行是空的；请从表格中去掉没有结果的行。</translation>
    </message>
    <message>
        <source>“{column}” is “{value}” in no training row. Choose a text that occurs as the yes: {known}.</source>
        <translation>没有任何训练行的“{column}”是“{value}”；请指定其中已有的文本作为“是”：{known}。</translation>
    </message>
    <message>
        <source>“{column}” alone predicts “{label}” on held-out rows (AUC {auc}), so a model that reads it learns little else. Leave it out unless it&apos;s known before the outcome.</source>
        <translation>仅凭“{column}”一列就能在留出的行上判断“{label}”（AUC {auc}），因此读取它的模型几乎学不到别的东西。除非它在结果出现之前就已知，否则请去掉这一列。</translation>
    </message>
    <message>
        <source>“{path}” is a checkpoint of {found}. Choose another name for this one of {kind} so that it isn&apos;t overwritten.</source>
        <translation>“{path}”是{found}的检查点；请为这次的{kind}另选名称，以免将其覆盖。</translation>
    </message>
    <message>
        <source>{count} {count:row|rows} without a user, an item or a time {count:was|were} dropped.</source>
        <translation>丢弃了 {count} 行缺少用户、物品或时间的数据。</translation>
    </message>
    <message>
        <source>{count} {count:row repeats|rows repeat} an earlier one&apos;s user, item and time and {count:was|were} dropped; the earlier {count:one was|ones were} kept.</source>
        <translation>有 {count} 行的用户、物品和时间与前面的行重复，已丢弃；保留了先出现的行。</translation>
    </message>
    <message>
        <source>The rows of {users} {users:user|users} were not in order of time and were sorted.</source>
        <translation>有 {users} 个用户的行没有按时间排列，已重新排序。</translation>
    </message>
    <message>
        <source>There are no times, so each user&apos;s rows stay in the file&apos;s order.</source>
        <translation>没有时间；每个用户的行保持文件中的顺序。</translation>
    </message>
    <message>
        <source>{users} {users:user has a single row|users have a single row each}; it is kept, but no model can be measured on it.</source>
        <translation>有 {users} 个用户只有一行；这些行已保留，但无法用来评估模型。</translation>
    </message>
    <message>
        <source>“{value}” in column “{column}” of {path} isn&apos;t a time. Write seconds since 1970, or dates as 2020-07-05 or 2020-07-05 00:08:23.</source>
        <translation>{path} 的“{column}”列中的“{value}”不是时间；请写成 1970 年以来的秒数，或 2020-07-05、2020-07-05 00:08:23 这样的日期。</translation>
    </message>
    <message>
        <source>{path} isn&apos;t a single CSV or Parquet file. Choose the file that has the columns (a zip may contain one CSV).</source>
        <translation>{path} 不是单个 CSV 或 Parquet 文件；请选择含有这些列的文件（zip 中可以有一个 CSV）。</translation>
    </message>
    <message>
        <source>{count} of the log&apos;s {items} {items:item|items} {count:isn&apos;t|aren&apos;t} in {path}; {count:it is shown by its id|they are shown by their ids}, without a title.</source>
        <translation>日志的 {items} 个物品中有 {count} 个不在 {path} 中；它们以编号显示，没有标题。</translation>
    </message>
    <message>
        <source>{count} of the {items} {items:item|items} in {path} {count:is|are} in no row of the log.</source>
        <translation>{path} 的 {items} 个物品中有 {count} 个不在日志的任何行中。</translation>
    </message>
    <message>
        <source>No item of the log is in {path}: its ids, such as “{theirs}”, are written differently from the log&apos;s, such as “{ours}”. Choose another column of ids.</source>
        <translation>日志的物品都不在 {path} 中：它的编号（如“{theirs}”）与日志的写法（如“{ours}”）不同；请选择另一编号列。</translation>
    </message>
    <message>
        <source>The log has no ratings. Leave out the minimum rating.</source>
        <translation>日志中没有评分。请不要指定最低评分。</translation>
    </message>
    <message>
        <source>About {share} of the rows repeat an earlier row&apos;s user, item and time. Training drops them; the counts here include them.</source>
        <translation>约 {share} 的行重复了先前行的用户、物品与时间；训练会去掉它们，这里的计数包含它们。</translation>
    </message>
    <message>
        <source>All times are equal, so each user&apos;s rows stay in the file&apos;s order.</source>
        <translation>所有时间都相同，因此没有意义；每位用户的行保持文件中的次序。</translation>
    </message>
    <message>
        <source>“{item}” is in the history of {share} of all users. Recommending it to everybody looks good, so compare with the popularity model.</source>
        <translation>“{item}”出现在 {share} 用户的历史中。把它推荐给所有人就会显得不错，所以请与热门模型比较。</translation>
    </message>
    <message>
        <source>No user has two events, so none can be held out and a recommender of next watches can&apos;t be evaluated. Check that you chose the right column of users.</source>
        <translation>没有用户有两次事件，因此无法留出任何一次，也无法评判预测下一次观看的推荐器；请检查用户列是否正确。</translation>
    </message>
    <message>
        <source>{share} of the users ({users}) have a single event. Nothing of theirs is held out, and no figure covers them.</source>
        <translation>{share} 的用户（{users}）只有一次事件；不从他们留出任何事件，也没有数字涉及他们。</translation>
    </message>
    <message>
        <source>For {share} of the users ({users}) the last item is one they&apos;ve had before. It is never recommended again, so every model misses these held-out events.</source>
        <translation>{share} 的用户（{users} 位）最后一次的物品是以前有过的。有过的不会再推荐，因此所有模型都命中不了这些留出的事件。</translation>
    </message>
    <message>
        <source>“{column}” is “{value}” in every row, which tells nothing. Leave it out.</source>
        <translation>“{column}”在每一行都是“{value}”，没有信息；请略去它。</translation>
    </message>
    <message>
        <source>“{column}” is different in {share} of the rows, like an identifier. What is memorised about a value applies to no other row. Leave it out.</source>
        <translation>“{column}”在 {share} 的行中各不相同，像编号：记住的值对别的行无用；请略去它。</translation>
    </message>
    <message>
        <source>“{column}” is {wanted} in {count} of {rows} {rows:row|rows}, so that there is nothing to learn; choose another label, or another value of it.</source>
        <translation>“{column}”在 {rows} 行中有 {count} 行是{wanted}，因此没有可学的；请选择另一标签或它的另一值。</translation>
    </message>
    <message>
        <source>“{column}” is {wanted} in only {share} of the rows. Always answering no is right in all others, so look at the loss and AUC, not at the hits.</source>
        <translation>“{column}”只在 {share} 的行中是{wanted}；总是说否的在其余行都对，因此请看损失与 AUC，而不是命中。</translation>
    </message>
    <message>
        <source>“{column}” is {wanted} in {share} of the rows. Always answering yes is right in these, so look at the loss and AUC, not at the hits.</source>
        <translation>“{column}”在 {share} 的行中是{wanted}；总是说是的在这些行都对，因此请看损失与 AUC，而不是命中。</translation>
    </message>
    <message>
        <source>What should be predicted isn&apos;t specified. Name the label column, and which of its values counts as a yes.</source>
        <translation>没有说明要预测什么；请给出标签列，以及其中什么算作是。</translation>
    </message>
    <message>
        <source>Settings were reset: “{path}” couldn&apos;t be read, because {reason}.</source>
        <translation>设置已重置：无法读取“{path}”，因为{reason}。</translation>
    </message>
    <message>
        <source>“{name}” was reset: its value in “{path}” isn&apos;t text.</source>
        <translation>“{name}”已重置：它在“{path}”中的值不是文本。</translation>
    </message>
    <message>
        <source>“{column}” has mean {mean} and deviation {deviation}; networks learn best from mean 0 and deviation 1. Standardise the numbers.</source>
        <translation>“{column}”的均值为 {mean}，标准差为 {deviation}；均值为 0、标准差为 1 时网络学得最好。请把数值标准化。</translation>
    </message>
    <message>
        <source>Only the torch backend can train “{kind}” blocks. Choose torch or auto for this network.</source>
        <translation>“{kind}”模块只有 torch 后端能训练；请为此网络选择 torch 或 auto。</translation>
    </message>
    <message>
        <source>{field} has {count} entries; it must have {limit} or more.</source>
        <translation>{field} 有 {count} 项，至少需要 {limit} 项。</translation>
    </message>
    <message>
        <source>{field} has {count} entries; it must have {limit} or fewer.</source>
        <translation>{field} 有 {count} 项，最多只能有 {limit} 项。</translation>
    </message>
    <message>
        <source>{field} is longer than {limit} characters; shorten it.</source>
        <translation>{field} 超过 {limit} 个字符；请缩短。</translation>
    </message>
    <message>
        <source>The guesses can&apos;t be right {right} times out of {asked}. Correct “right” or “asked”, or remove “guesses”.</source>
        <translation>答对 {right} 次不可能多于提问 {asked} 次。请改正 “right” 或 “asked”，或删去 “guesses”。</translation>
    </message>
    <message>
        <source>Settings were reset: “{path}” isn&apos;t valid JSON (line {line}, column {column}).</source>
        <translation>设置已重置：“{path}”不是有效的 JSON（第 {line} 行第 {column} 列）。</translation>
    </message>
    <message>
        <source>Settings were reset: the value of “{name}” in “{path}” isn&apos;t text.</source>
        <translation>设置已重置：“{path}”中“{name}”的值不是文本。</translation>
    </message>
    <message>
        <source>{reset} The old file is kept beside it as “{kept}”.</source>
        <translation>{reset}旧文件已保留在同一文件夹中，名为“{kept}”。</translation>
    </message>
    <message>
        <source>Rows left out because they don&apos;t have {expected} fields: {count}.</source>
        <translation>字段数不是 {expected} 的行已略去：{count} 行。</translation>
    </message>
    <message>
        <source>“{column}” isn&apos;t read, so items are shown by their ids. To read it, add --items-file {path} --item-id {item} --item-title {column}.</source>
        <translation>没有读取“{column}”，因此物品以其编号显示。要读取它，请加上 --items-file {path} --item-id {item} --item-title {column}。</translation>
    </message>
    <message>
        <source>The table has no column “{column}”; it has {columns}.</source>
        <translation>表中没有列“{column}”；现有的列为 {columns}。</translation>
    </message>
    <message>
        <source>chosen names the activation “{key}”, which isn&apos;t known. Remove it or correct its name.</source>
        <translation>chosen 中的激活函数“{key}”无法识别。请将其删除或更正名称。</translation>
    </message>
    <message>
        <source>{field} has the same value twice; give each its own.</source>
        <translation>{field} 中有重复的值；请各用不同的值。</translation>
    </message>
    <message>
        <source>high is {high} and low is {low}; high must be greater than low by {least} or more.</source>
        <translation>high 为 {high}，low 为 {low}；high 至少要比 low 大 {least}。</translation>
    </message>
    <message>
        <source>targets has {count} entries; with {weights} {weights:weight|weights} it must have {needed}, one for each row.</source>
        <translation>targets 有 {count} 项；有 {weights} 个权重时必须为 {needed} 项，每行一项。</translation>
    </message>
    <message>
        <source>row is {row}; with {weights} {weights:weight|weights} it must be from 0 to {last}.</source>
        <translation>row 为 {row}；有 {weights} 个权重时必须在 0 到 {last} 之间。</translation>
    </message>
    <message>
        <source>{copies} of the {added} added {added:row|rows} {copies:equals a row|equal rows} known from training. They count as new cases; if they are copies, remove them, since they flatter the score.</source>
        <translation>新增的 {added} 行中，有 {copies} 行与训练时已有的行完全相同。这里把它们算作新样本；如果只是重复的副本，请先删除，否则分数会虚高。</translation>
    </message>
    <message>
        <source>“{path}” has no column to predict “{label}” from: all others are empty, constant, or different in every row.</source>
        <translation>“{path}”中没有可用来预测“{label}”的列：其余各列或为空，或始终相同，或每行都不同。</translation>
    </message>
    <message>
        <source>“{column}” differs in almost every row, so that what is learned of one value applies to no other, and was left out.</source>
        <translation>“{column}”几乎每行都不同，从一个值学到的对别的值无用，未采用。</translation>
    </message>
    <message>
        <source>“{column}” is different in {share} of the rows. What is memorised about a value applies to no other row. Leave it out.</source>
        <translation>“{column}”在 {share} 的行中各不相同：记住的值对别的行无用；请略去它。</translation>
    </message>
    <message>
        <source>Some runs of “{title}” can&apos;t be opened, for example because their data are gone ({count}). The others are there.</source>
        <translation>“{title}”的部分训练无法打开（{count} 个），例如其数据已不在。其他训练都在。</translation>
    </message>
    <message>
        <source>To read a column that is left out, choose its use under “taken as” above.</source>
        <translation>要读取被去掉的列，请在上方的“当作”中选择它的用途。</translation>
    </message>
    <message>
        <source>The training data {paths} can&apos;t be found. Put {count:it|them} back, or find the {count:file|files} elsewhere.</source>
        <translation>找不到训练数据{paths}。请把它放回原处，或在别处查找该文件。</translation>
    </message>
    <message>
        <source>“{column}” is left out, as it alone predicts “{label}” on held-out rows (AUC {auc}). Read it only if it&apos;s known before the outcome.</source>
        <translation>“{column}”已去掉：仅凭这一列就能在留出的行上判断“{label}”（AUC {auc}）。只有它在结果出现之前就已知时才读取。</translation>
    </message>
    <message>
        <source>No column is the user. Choose one, or treat the file as a table.</source>
        <translation>没有指定用户列。请选择一列，或把文件当作表格。</translation>
    </message>
    <message>
        <source>No column is the item. Choose one, or treat the file as a table.</source>
        <translation>没有指定物品列。请选择一列，或把文件当作表格。</translation>
    </message>
    <message>
        <source>No column is the label. Choose one, or treat the file as a log.</source>
        <translation>没有指定标签列。请选择一列，或把文件当作日志。</translation>
    </message>
    <message>
        <source>Its values are times, from {first} to {last}.</source>
        <translation>它的值读作时间，从 {first} 到 {last}。</translation>
    </message>
    <message>
        <source>Its values are times, from {first} to {last}. Rows where it isn&apos;t one, such as “{value}”, are left out: {count} of the first {rows}.</source>
        <translation>其值可读作时间，从 {first} 到 {last}；不是时间的行（例如“{value}”）会被略去：前 {rows} 行中有 {count} 行。</translation>
    </message>
    <message>
        <source>Its name suggests ratings, and it has few different numbers, such as {value}.</source>
        <translation>列名像是评分，不同的数很少，例如 {value}。</translation>
    </message>
    <message>
        <source>Its name suggests ratings, and it contains numbers, such as {value}.</source>
        <translation>列名像是评分，内容是数字，例如 {value}。</translation>
    </message>
    <message>
        <source>Its name suggests watch time, and it contains numbers.</source>
        <translation>列名像是观看时长，内容是数字。</translation>
    </message>
    <message>
        <source>Its name suggests titles, and it&apos;s the same in all rows of an item.</source>
        <translation>列名像是标题，且同一物品的各行相同。</translation>
    </message>
    <message>
        <source>It lists several names in one text, such as “{value}”.</source>
        <translation>它在一个文本中列出多个，例如“{value}”。</translation>
    </message>
    <message>
        <source>Its name suggests genres; each text names one, such as “{value}”.</source>
        <translation>列名像是类型；每个文本是一个类型，例如“{value}”。</translation>
    </message>
    <message>
        <source>It&apos;s the same in all rows of an item, so it&apos;s a fact about the item.</source>
        <translation>同一物品的各行相同，因此是物品的属性。</translation>
    </message>
    <message>
        <source>Its name suggests ids of items.</source>
        <translation>列名像是物品的 id。</translation>
    </message>
    <message>
        <source>It has two values, “{no}” and “{yes}”; “{yes}” counts as the yes.</source>
        <translation>它有两个值，“{no}”与“{yes}”；“{yes}”当作是。</translation>
    </message>
    <message>
        <source>It has two values, “{no}” and “{yes}”; “{yes}” is taken for the yes, and {empty} of the first {rows} {rows:row|rows} {empty:is|are} empty and left out.</source>
        <translation>它有两个值：“{no}”和“{yes}”；取“{yes}”为“是”，前 {rows} 行中有 {empty} 行为空，不参与训练。</translation>
    </message>
    <message>
        <source>Its name suggests a label, and it contains numbers.</source>
        <translation>列名像是标签，内容是数字。</translation>
    </message>
    <message>
        <source>It contains {distinct} different numbers.</source>
        <translation>它含有数字，{distinct} 个不同的。</translation>
    </message>
    <message>
        <source>It has no value in the first {rows} {rows:row|rows}.</source>
        <translation>它在前 {rows} 行中没有值。</translation>
    </message>
    <message>
        <source>It is “{value}” in all of the first {rows} {rows:row|rows}.</source>
        <translation>它在前 {rows} 行中全是“{value}”。</translation>
    </message>
    <message>
        <source>It differs in almost every row, like an identifier.</source>
        <translation>几乎每行都不同，像编号一样。</translation>
    </message>
    <message>
        <source>It differs in almost every row, so that what is learned of one value applies to no other.</source>
        <translation>几乎每行都不同，从一个值学到的对别的值无用。</translation>
    </message>
    <message>
        <source>It differs within one item, so it can&apos;t be used in a log.</source>
        <translation>它在同一物品内各不相同，日志用不上它。</translation>
    </message>
    <message>
        <source>Choose the item column first to see whether this is a fact about items.</source>
        <translation>请先选择物品列，才能知道这是否为物品的属性。</translation>
    </message>
    <message>
        <source>Its name suggests times, but “{value}” can&apos;t be read as one. Write it as 2020-07-05.</source>
        <translation>列名像是时间，但“{value}”无法读作时间。请写成 2020-07-05 的形式。</translation>
    </message>
    <message>
        <source>No column has just two values, such as yes and no. Choose the label, and which number or text makes it a yes.</source>
        <translation>没有列恰有两个值（如是与否）；请选择标签，以及从哪个数字起或哪个文本算作是。</translation>
    </message>
    <message>
        <source>The user and item columns can&apos;t be told from the file. Choose both for a log, or a label for a table.</source>
        <translation>看不出哪些列是用户与物品；请为日志选择两者，或为表选择标签。</translation>
    </message>
    <message>
        <source>None of the items in the log&apos;s first rows is in this file. Check that both write ids the same way, or choose another column.</source>
        <translation>日志前几行的物品都不在此文件中；请确认两者的编号写法一致，或选择另一列。</translation>
    </message>
    <message>
        <source>{url} isn&apos;t an https address, so its content can&apos;t be trusted.</source>
        <translation>{url} 不是 https 地址，从那里得到的内容无法保证可靠。</translation>
    </message>
    <message>
        <source>{url} redirects to {target}, which isn&apos;t an https address, so nothing was downloaded. If you trust it, download the file yourself.</source>
        <translation>{url} 转到了 {target}，而后者不是 https 地址；没有下载任何内容。如果你信任它，请自行下载该文件。</translation>
    </message>
    <message>
        <source>The identity of {host} can&apos;t be verified ({reason}). Check the computer&apos;s clock and the network, or try later.</source>
        <translation>{host} 无法证明自己的身份（{reason}）；请检查计算机的时钟和网络，或稍后再试。</translation>
    </message>
    <message>
        <source>{url} no longer exists ({status}). Look for the data set on its page, {host}.</source>
        <translation>{url} 已不存在（{status}）；请到数据集的网站 {host} 上查找。</translation>
    </message>
    <message>
        <source>{host} refuses {url} ({status} {reason}). Try again later.</source>
        <translation>{host} 不提供 {url}（{status} {reason}）；请稍后再试。</translation>
    </message>
    <message>
        <source>The download of {name} was cancelled. What has arrived is kept, so it can continue.</source>
        <translation>已取消下载 {name}；已下载的部分会保留，以便继续下载。</translation>
    </message>
    <message>
        <source>{name} isn&apos;t what its publisher released (its {method} is {found}, not {expected}). It was moved to {aside} and isn&apos;t used. Download it again.</source>
        <translation>{name} 不是发布者发布的文件（其 {method} 摘要为 {found}，而不是 {expected}）；已移到 {aside}，不会使用。请重新下载。</translation>
    </message>
    <message>
        <source>{name} isn&apos;t what was downloaded before (its SHA-256 is {found}; {record} records {expected}). It was moved to {aside} and isn&apos;t used. If the publisher released a new version, delete {record} and download again.</source>
        <translation>{name} 与之前下载的不同（其 SHA-256 为 {found}，而 {record} 中记录的是 {expected}）；已移到 {aside}，不会使用。如果发布者发布了新文件，请删除 {record} 后重新下载。</translation>
    </message>
    <message>
        <source>The disk is full. The {done} bytes of {name} that arrived are kept. Make room in {folder} and download it again.</source>
        <translation>磁盘已满：{name} 已下载 {done} 字节并保留。请在 {folder} 中腾出空间后再次下载。</translation>
    </message>
    <message>
        <source>“{path}” doesn&apos;t contain its training rows, so new ones can&apos;t be told apart. Leave out --rows.</source>
        <translation>“{path}”不含训练时的数据行，因此无法判断哪些行是新的；请去掉 --rows。</translation>
    </message>
    <message>
        <source>Figures on only {count} {count:row|rows} say little. Judge on more before you rely on them.</source>
        <translation>只有 {count} 行，这些数值说明不了什么。请用更多的行评估后再作依据。</translation>
    </message>
    <message>
        <source>{path} is a spreadsheet, not a text table. Save its sheet as CSV (UTF-8) and open that.</source>
        <translation>{path} 是电子表格，不是文本表格。请把其中的工作表另存为 CSV（UTF-8）再打开。</translation>
    </message>
    <message>
        <source>{path} is a zip archive, from which no table of examples is read. Unpack it and open the table in it.</source>
        <translation>{path} 是 zip 压缩包，无法从中读取样本表。请解压后打开其中的表格。</translation>
    </message>
    <message>
        <source>Row {row} of {path} (counting any header) does not have {expected} fields like the first row but {found}; quote texts that contain “{delimiter}” or mend the row.</source>
        <translation>{path} 的第 {row} 行（如有表头也计入）不像首行那样有 {expected} 个字段，而有 {found} 个；请给含“{delimiter}”的文本加引号，或修正该行。</translation>
    </message>
    <message>
        <source>Row {row} of {path} (counting any header) cannot be read ({reason}); check that every opening quote is closed.</source>
        <translation>无法读取 {path} 的第 {row} 行（如有表头也计入，{reason}）；请检查每个左引号是否都有对应的右引号。</translation>
    </message>
    <message>
        <source>“{column}” has {value} in row {row} of the file (counting any header), a number too large to compute with ({count} in all); leave it empty in the file or leave the column out.</source>
        <translation>文件第 {row} 行（如有表头也计入）“{column}”列的 {value} 太大，无法计算（这样的数共 {count} 个）；请在文件中将其留空，或不使用该列。</translation>
    </message>
    <message>
        <source>Rows left out because they don&apos;t have {expected} fields: {count}; the first is row {row} of the file (counting any header), with {found}.</source>
        <translation>字段数不是 {expected} 的行已略去：{count} 行；首个是文件的第 {row} 行（如有表头也计入），有 {found} 个字段。</translation>
    </message>
    <message>
        <source>In {columns}, times of day were read as hours: “{example}” as {value}, and all others likewise.</source>
        <translation>{columns} 中的时刻读作小时数：“{example}”读作 {value}，其余照此读取。</translation>
    </message>
    <message>
        <source>“{column}” has {count} {count:value|values} far from the others, such as {value}; the rest lie from {low} to {high}. They can dominate what is learnt. Check them, or leave these rows out.</source>
        <translation>“{column}”有 {count} 个值与其他值相差很大，例如 {value}；其余的都在 {low} 到 {high} 之间。它们可能主导学到的结果。请检查，或者去掉这些行。</translation>
    </message>
    <message>
        <source>“{path}” was saved in {workspace}. Start the window and open it there, under {workspace}.</source>
        <translation>“{path}”是在“{workspace}”中保存的。请启动窗口，在“{workspace}”中打开它。</translation>
    </message>
    <message>
        <source>Here the chain rule gives ∞ × 0 along {node}, which isn&apos;t a number: it doesn&apos;t tell the slope here. Move away from this value.</source>
        <translation>链式法则在这里沿 {node} 得到 ∞ × 0，这不是数，因此说明不了此处的斜率。请换一个值。</translation>
    </message>
    <message>
        <source>{path} is damaged or isn&apos;t a zip archive. Download or pack it again, or unpack it and choose the table in it.</source>
        <translation>{path} 已损坏，或不是 zip 压缩包。请重新下载或重新打包；也可以解压后选择其中的表格。</translation>
    </message>
    <message>
        <source>{path} is encrypted. Unpack it with its password and choose the unpacked table.</source>
        <translation>{path} 已加密。请用密码解压，再选择解压出的表格。</translation>
    </message>
    <message>
        <source>Row {row} of {path} (counting any header) has {found} {found:field|fields} where {expected} {expected:is|are} expected; mend the row, or quote texts that hold the separator.</source>
        <translation>{path} 的第 {row} 行（如有表头也计入）有 {found} 个字段，应为 {expected} 个；请修正该行，或给含分隔符的文本加引号。</translation>
    </message>
    <message>
        <source>Row {row} of {path} (counting any header) has “{value}” as its {column}, which isn&apos;t {wanted}. Fix the row or remove it.</source>
        <translation>{path} 的第 {row} 行（如有表头也计入）中，{column} 为“{value}”，不是 {wanted}；请修正或去掉该行。</translation>
    </message>
    <message>
        <source>{paths} {count:isn&apos;t|aren&apos;t} there any more; answers and figures are those of the rows that the checkpoint carries.</source>
        <translation>{paths}已不在原处；回答和数字均来自检查点所带的数据行。</translation>
    </message>
    <message>
        <source>“evaluate --rows new” judges it on the added rows.</source>
        <translation>“evaluate --rows new” 会在新增的行上评估它。</translation>
    </message>
    <message>
        <source>“evaluate --rows new” judges it on the rows that were added or changed.</source>
        <translation>“evaluate --rows new” 会在新增或改动过的行上评估它。</translation>
    </message>
    <message>
        <source>{table} has no {count:column|columns} {missing}; it has {found}. Make the names match, or choose another file.</source>
        <translation>{table}中没有列 {missing}；其中有 {found}。请让列名一致，或另选一个文件。</translation>
    </message>
    <message>
        <source>“{value}” in column “{column}” of {path}, row {row} (counting any header), isn&apos;t a number, and {count} of the first {rows} {rows:row|rows} {count:has|have} none there; mend the file, or choose it again and take another column.</source>
        <translation>{path} 第 {row} 行（如有表头也计入）“{column}”列的“{value}”不是数字，前 {rows} 行中有 {count} 行此列没有数字；请修正文件，或重新选择该文件并换用另一列。</translation>
    </message>
    <message>
        <source>Rows left out because “{column}” holds no time in them: {count}; the first is row {row} of the file (counting any header), with “{value}”.</source>
        <translation>“{column}”列不是时间而略去的行数：{count}；第一处是文件第 {row} 行（如有表头也计入）的“{value}”。</translation>
    </message>
    <message>
        <source>Rows left out because “{column}” holds no number in them: {count}; the first is row {row} of the file (counting any header), with “{value}”.</source>
        <translation>“{column}”列不是数字而略去的行数：{count}；第一处是文件第 {row} 行（如有表头也计入）的“{value}”。</translation>
    </message>
    <message>
        <source>{path} isn&apos;t named as a table. If it&apos;s one, end its name in one of: {known}.</source>
        <translation>{path} 的文件名不是表格的文件名。如果它是表格，请使用以下扩展名之一：{known}。</translation>
    </message>
    <message>
        <source>“{column}” contains dates, which were read as years: “{example}” as {value}.</source>
        <translation>“{column}”是日期，读作年份小数：“{example}”读作 {value}。</translation>
    </message>
    <message>
        <source>Values of “{column}” that are infinite or beyond 1e150 (such as {value} in row {row} of the file, counting any header) count as missing: {count}.</source>
        <translation>“{column}”中无穷或超过 1e150 的值（例如文件第 {row} 行的 {value}，如有表头也计入行号）按缺失处理：{count} 个。</translation>
    </message>
    <message>
        <source>It contains {distinct} {distinct:value|different values} in {rows} {rows:row|rows}.</source>
        <translation>{rows} 行中有 {distinct} 个不同的值。</translation>
    </message>
    <message>
        <source>No flag can name “{column}” among other columns, for its comma or outer blanks. Rename it in the file, or choose the columns in the window.</source>
        <translation>“{column}”含逗号或首尾空格，无法与其他列一起写进命令行参数。请在文件中改名，或在窗口中选择各列。</translation>
    </message>
    <message>
        <source>“{name}” is in “{path}” already, and isn&apos;t overwritten. Choose another folder, or move it away.</source>
        <translation>“{path}”中已有“{name}”，不会覆盖它。请另选文件夹，或移走该文件。</translation>
    </message>
    <message>
        <source>“{block}” uses the quantiles of its input, which change as the blocks before it learn. Wire it to the data&apos;s numbers, or set its quantiles to 0.</source>
        <translation>“{block}”按分位数映射数值，而它前面的模块一学习，分位数就会变；请把它连到数据的数值，或把它的分位数设为 0。</translation>
    </message>
    <message>
        <source>The network has no inputs. Add a Category, a Bag of ids or Numbers, and wire it up.</source>
        <translation>网络没有读取任何内容；请添加“类别”“编号袋”或“数值”模块，并连好线。</translation>
    </message>
    <message>
        <source>The network ends in “{block}”, but this model needs a “{end}” block. Put one there.</source>
        <translation>网络以“{block}”结尾，而此模型通过“{end}”模块学习；请把末端换成它。</translation>
    </message>
    <message>
        <source>“{block}” needs one id per row, and “{column}” doesn&apos;t have that. Choose another column.</source>
        <translation>“{block}”需要每行一个编号，而“{column}”不是；请为它选择其他列。</translation>
    </message>
    <message>
        <source>“{block}” needs a bag of ids per row, and “{column}” doesn&apos;t have that. Choose another column.</source>
        <translation>“{block}”需要每行一个编号袋，而“{column}”不是；请为它选择其他列。</translation>
    </message>
    <message>
        <source>“{block}” needs one number per row, and “{column}” doesn&apos;t have that. Choose another column.</source>
        <translation>“{block}”需要每行一个数值，而“{column}”不是；请为它选择其他列。</translation>
    </message>
    <message>
        <source>“{block}” has a cross without inputs. Name one or more, or remove it.</source>
        <translation>“{block}”有一个没有输入的交叉；请指定一个或多个输入，或去掉该交叉。</translation>
    </message>
    <message>
        <source>“{block}” crosses what “{source}” already crossed. Wire the columns to it directly and cross them all at once.</source>
        <translation>“{block}”交叉的是“{source}”已交叉的结果；请把各列本身连到它，一次全部交叉。</translation>
    </message>
    <message>
        <source>“{block}” uses quantiles, which this model doesn&apos;t compute. Set its quantiles to 0.</source>
        <translation>“{block}”按分位数映射数值，而此模型不求分位数；请把它的分位数设为 0。</translation>
    </message>
    <message>
        <source>The tower outputs {found} numbers, but an item&apos;s vector can have at most {most}. End it in a narrower layer.</source>
        <translation>塔输出 {found} 个数，物品的向量也就有这么多，但最多只能 {most} 个；请以更窄的层结尾。</translation>
    </message>
    <message>
        <source>The network has no features left. Switch one on, or name a column.</source>
        <translation>网络已没有任何依据；请打开一个特征，或指定一列。</translation>
    </message>
    <message>
        <source>“{value}” isn&apos;t a target here. Give {wanted}.</source>
        <translation>“{value}”在此不是有效的目标；请给出 {wanted}。</translation>
    </message>
    <message>
        <source>The device has too little memory for {rows} rows at once, so each batch is processed in {parts} parts, with the same results. A smaller batch_size would be faster.</source>
        <translation>设备内存太小，无法一次处理 {rows} 行：每个批次分成 {parts} 份计算，结果相同。减小 batch_size 会更快。</translation>
    </message>
    <message>
        <source>The device&apos;s memory is full, and splitting the batch wouldn&apos;t help. Choose a smaller network or the CPU.</source>
        <translation>设备内存已满，把批次分得更小也无济于事；请选择更小的网络或使用 CPU。</translation>
    </message>
    <message>
        <source>The device has too little memory for {rows} rows at once, and “{block}” needs the statistics of all of them. Choose a smaller batch_size or remove the batch normalisation.</source>
        <translation>设备内存太小，无法一次处理 {rows} 行，而“{block}”需要所有这些行的统计量；请减小 batch_size 或去掉批归一化。</translation>
    </message>
    <message>
        <source>“{block}” overflowed at step {step}, so training stopped. Lower the learning rate.</source>
        <translation>“{block}”在第 {step} 步溢出，训练已停止。请降低学习率。</translation>
    </message>
    <message>
        <source>The run was interrupted after batch {step} of an epoch, but this data has only {steps}. Resume it with the data it started with.</source>
        <translation>上次运行在一轮的第 {step} 个批次之后中断，而此数据只有 {steps} 个批次；请用开始时的数据继续训练。</translation>
    </message>
    <message>
        <source>The time limit is reached, and the run has ended after {updates} {updates:update|updates}; resume it to go on.</source>
        <translation>已到时间上限，运行在 {updates} 次更新后结束；继续即可接着进行。</translation>
    </message>
    <message>
        <source>“{block}” needs the statistics of the whole batch, which no single one of several processes has. Remove it, or train in one process.</source>
        <translation>“{block}”需要整个批次的统计量，而多进程训练时没有一个进程拥有它；请去掉该模块，或只用一个进程训练。</translation>
    </message>
    <message>
        <source>The run failed because of a bug in the program ({fault}). Resume it, and report the bug if it happens again.</source>
        <translation>运行因程序错误中断（{fault}）；请继续它，若再次出现请报告该错误。</translation>
    </message>
    <message>
        <source>“{name}”, trained alongside the run, was stopped ({reason}). The run itself continues.</source>
        <translation>与运行一起训练的“{name}”不再训练（{reason}）；运行本身继续。</translation>
    </message>
    <message>
        <source>{path} no longer exists. “{name}”, which lies beside the network and has the same columns, is used instead.</source>
        <translation>文件 {path} 已不存在；改为读取网络旁边列相同的“{name}”。</translation>
    </message>
    <message>
        <source>“{name}” is used instead of {path}. Save the network to keep it that way.</source>
        <translation>改为读取“{name}”，代替 {path}；保存网络后即固定下来。</translation>
    </message>
    <message>
        <source>This link has {length} characters, more than {limit}. Copy it from the page again.</source>
        <translation>这个链接有 {length} 个字符，超过 {limit} 个；请从网页重新复制一次。</translation>
    </message>
    <message>
        <source>The link asks for {found} weights in {layers} hidden layers; the limit is {most} weights in {most_layers} layers.</source>
        <translation>链接要求 {layers} 个隐藏层、{found} 个权重；最多 {most_layers} 层、{most} 个权重。</translation>
    </message>
    <message>
        <source>The link turns every input off, so nothing could be learnt. Turn one on, such as x=true.</source>
        <translation>链接关闭了所有输入，什么都学不到；请打开一个，例如 x=true。</translation>
    </message>
    <message>
        <source>The link has no seed, so {seed} was drawn for the points. The page would draw another, with other points and weights.</source>
        <translation>链接没有给出种子，因此随机取了点的种子：{seed}。网页会取另一个，点和权重也会不同。</translation>
    </message>
    <message>
        <source>Ignored, because that page has no such settings: {keys}.</source>
        <translation>已略过，因为该网页没有这些设置：{keys}。</translation>
    </message>
    <message>
        <source>noise is {value} in the link; that page uses {taken}, and so does Neuroloom.</source>
        <translation>链接中 noise 为 {value}；该网页会改成 {taken}，这里也一样。</translation>
    </message>
    <message>
        <source>No effect on that page, so none here: {keys}.</source>
        <translation>在该网页上不起作用，这里也一样：{keys}。</translation>
    </message>
    <message>
        <source>Ignored, because it only affects that page&apos;s text: {keys}.</source>
        <translation>只涉及该网页的文字，已略过：{keys}。</translation>
    </message>
    <message>
        <source>A link can only describe one input, a chain of dense blocks and an output. This network has another shape.</source>
        <translation>链接只能描述一个输入、一串全连接模块和一个输出。此网络是另一种结构。</translation>
    </message>
    <message>
        <source>In a link, inputs can be x₁, x₂, their squares, their product and their sines, each once. Remove the others.</source>
        <translation>链接能表达的输入只有 x₁、x₂、它们的平方、乘积和正弦，每个一次。</translation>
    </message>
    <message>
        <source>A link has one activation for all hidden layers: ReLU, tanh, logistic or identity. Set them all to the same.</source>
        <translation>链接只能让所有隐藏层共用一个激活函数：ReLU、tanh、logistic 或恒等；请把它们设成一样。</translation>
    </message>
    <message>
        <source>{rows} rows leave {left} that don&apos;t fill a batch. On that page these wait for the next epoch; let them wait here too.</source>
        <translation>{rows} 行中有 {left} 行凑不满一个批次，在该网页上它们留到下一轮；请在这里也让它们留到下一轮。</translation>
    </message>
    <message>
        <source>On that page L1 keeps weights at 0 once they get there. Turn that on here too.</source>
        <translation>在该网页上，权重一到 0 就被 L1 固定在 0；请在这里也这样设置。</translation>
    </message>
    <message>
        <source>A link has no weights: it opens with those drawn from its seed.</source>
        <translation>链接不含权重：打开它的人从种子所抽取的权重开始。</translation>
    </message>
    <message>
        <source>A link has no points: the page draws others of this kind from the seed {seed}.</source>
        <translation>链接不含数据点：网页用种子 {seed} 生成另一批同类的点。</translation>
    </message>
    <message>
        <source>The column “{column}” does not hold numbers; read it as a category instead.</source>
        <translation>“{column}”列不是数值；请改为按类别读取。</translation>
    </message>
    <message>
        <source>The rows in this checkpoint aren&apos;t those of its model ({reason}). Use another copy or train again.</source>
        <translation>该检查点中的数据行与其模型不符（{reason}）；请使用另一份副本，或重新训练。</translation>
    </message>
    <message>
        <source>EASE over {items} items needs {needed:.1f} GiB, more than the {allowed:.1f} GiB allowed. Keep only items with more watches, or use ItemKNN.</source>
        <translation>对 {items} 个物品做 EASE 需要 {needed:.1f} GiB，超过允许的 {allowed:.1f} GiB；请只保留观看次数较多的物品，或改用 ItemKNN。</translation>
    </message>
    <message>
        <source>This doesn&apos;t contain a {model} ({reason}). Choose a checkpoint that Neuroloom saved.</source>
        <translation>此处没有 {model}（{reason}）；请选择由 Neuroloom 保存的检查点。</translation>
    </message>
    <message>
        <source>The log has no user feature “{column}”; it has {columns}. Name one of these, or none.</source>
        <translation>日志没有用户特征“{column}”；现有的为 {columns}。请指定其中之一，或不指定。</translation>
    </message>
    <message>
        <source>No user of the log has two watches, so there is no next watch to learn; choose a log with longer histories.</source>
        <translation>日志中没有一个用户有两次观看，因而没有下一次观看可学；请选择历史更长的日志。</translation>
    </message>
    <message>
        <source>The log&apos;s {found} items are not the {expected} items of the model; use the log that it was built for.</source>
        <translation>日志的 {found} 个物品不是模型的 {expected} 个物品；请使用建立该模型时所用的日志。</translation>
    </message>
    <message>
        <source>No Pooled block reads the watch history “{column}”. Wire one to it to see its vectors.</source>
        <translation>没有池化模块读取观看历史“{column}”；请把一个池化模块连到它，才能看到它的向量。</translation>
    </message>
    <message>
        <source>The simpler models have also learned from {count} {count:row|rows} that training didn&apos;t have; the network hasn&apos;t.</source>
        <translation>较简单的模型还学习了训练时没有的 {count} 行；该网络没有。</translation>
    </message>
    <message>
        <source>Rows that training didn&apos;t have: {added}. Judged on: {judged}, each a user&apos;s last watch among the items that the network knows, where that is such a row and not the user&apos;s only one. Rows of items that it doesn&apos;t know: {unknown}. Users with such rows who are left out: {left}.</source>
        <translation>训练时没有的行：{added}。用于评判的：{judged}，即各用户在网络已知物品中的最后一次观看，且该行是训练时没有的、也不是该用户唯一的一行。涉及网络不认识的物品的行：{unknown}。有这类行而未计入的用户：{left}。</translation>
    </message>
    <message>
        <source>No user watched anything twice in the training data, so learning from repeats changes nothing.</source>
        <translation>训练数据中没有用户重复观看过任何内容，所以学习重复观看不会有变化。</translation>
    </message>
    <message>
        <source>None of the training impressions was clicked and watched. Choose impressions where some were.</source>
        <translation>训练用的曝光没有一次被点击并观看；请选择含有点击并观看的曝光。</translation>
    </message>
    <message>
        <source>“{path}” isn&apos;t a checkpoint of ranking. Name one that “recommend train ranking” wrote.</source>
        <translation>“{path}”不是排序的检查点；请给出由“recommend train ranking”写出的。</translation>
    </message>
    <message>
        <source>“{path}” ranks videos of another site than these candidates. Train both on the same generated site, with the same size and seed.</source>
        <translation>“{path}”给另一站点的视频排序，与这些候选不同；请在同一生成站点（同样大小与种子）上训练两者。</translation>
    </message>
    <message>
        <source>User “{user}” wasn&apos;t in the log when this was trained. Name one who was, such as {example}, give a --history, or train again.</source>
        <translation>训练时日志中没有用户“{user}”；请指定当时已有的用户（例如 {example}），或给出 --history，或重新训练。</translation>
    </message>
    <message>
        <source>The catalogue has no {items}. Remove it from --history, or name items as the catalogue does, such as {near}.</source>
        <translation>目录中没有 {items}；请从 --history 中去掉，或按目录的写法命名，例如 {near}。</translation>
    </message>
    <message>
        <source>The network reads no “{name}” of a user; it reads: {known}.</source>
        <translation>网络不读取用户的“{name}”；它读取的是：{known}。</translation>
    </message>
    <message>
        <source>“{path}” isn&apos;t a checkpoint of Wide &amp; Deep. Name one that “recommend train wide-deep” wrote.</source>
        <translation>“{path}”不是 Wide &amp; Deep 的检查点；请给出由“recommend train wide-deep”写出的。</translation>
    </message>
    <message>
        <source>“{column}” takes {wanted}, and “{value}” isn&apos;t one. Choose another value.</source>
        <translation>“{column}”含有{wanted}，而“{value}”不是；请给它别的值。</translation>
    </message>
    <message>
        <source>“{column}” = {value} is out of range. Give a number from {low} to {high}.</source>
        <translation>“{column}” = {value} 超出了网络能够计算的范围；请输入 {low} 到 {high} 之间的数。</translation>
    </message>
    <message>
        <source>“{column}” never was “{value}” in training. Choose a value that it had.</source>
        <translation>“{column}”在训练中没有值“{value}”；请给出训练中有的值。</translation>
    </message>
    <message>
        <source>It isn&apos;t clear which two columns these pairs are from. Name the two.</source>
        <translation>这些配对不属于任何两列；请给出它们取值所属的两列。</translation>
    </message>
    <message>
        <source>“{cross}” makes too many combinations to count. Cross fewer columns, or fewer bags.</source>
        <translation>“{cross}”的组合多得无法在此计数；请交叉较少的列或较少的编号袋。</translation>
    </message>
    <message>
        <source>With “{cure}” the network in its current state would break down, so nothing was changed. Choose another cure.</source>
        <translation>网络已经变了：现在用“{cure}”会使它崩溃，因此没有做任何改动；请选择其他办法。</translation>
    </message>
    <message>
        <source>Negatives drawn by frequency need to know how often each of the {items} items was watched; give {items} counts.</source>
        <translation>按频率抽取负样本，需要知道 {items} 个物品各被观看了多少次；请给出 {items} 个计数。</translation>
    </message>
    <message>
        <source>“{path}” has format version {version}, and this Neuroloom reads version {known}; use a newer Neuroloom for it.</source>
        <translation>“{path}”的格式版本为 {version}，而此 Neuroloom 读取版本 {known}；请用更新版本的 Neuroloom 打开。</translation>
    </message>
    <message>
        <source>{what} is {found}; choose a value from {low} to {high}.</source>
        <translation>{what} 为 {found}；请选择 {low} 到 {high} 之间的值。</translation>
    </message>
    <message>
        <source>No row of {path} has a user, an item and a time; check that the columns are the right ones.</source>
        <translation>{path} 中没有一行同时有用户、物品和时间；请检查所选的列是否正确。</translation>
    </message>
    <message>
        <source>The times were read as {unit} since 1970 and turned into whole seconds.</source>
        <translation>时间按 1970 年以来的 {unit} 读取，并换算成整秒。</translation>
    </message>
    <message>
        <source>The seed “{seed}” is too long for a link, where its letters have to be encoded; draw new points first.</source>
        <translation>种子“{seed}”对链接来说太长，因为其中的字符需要编码；请先重新生成数据点。</translation>
    </message>
    <message>
        <source>{path} is none of the known data sets (it has {found}); known are MovieLens (u.data, ratings.dat or ratings.csv), MovieTweetings (ratings.dat) and KuaiRec (big_matrix.csv or small_matrix.csv); of any other CSV or Parquet file, say which column is what.</source>
        <translation>{path} 不是已知的数据集（其中有 {found}）；已知的有 MovieLens（u.data、ratings.dat 或 ratings.csv）、MovieTweetings（ratings.dat）和 KuaiRec（big_matrix.csv 或 small_matrix.csv）；若是其他 CSV 或 Parquet 文件，请说明各列的含义。</translation>
    </message>
    <message>
        <source>{key} is “{value}” in the link, which isn&apos;t a number; correct it there.</source>
        <translation>链接中 {key} 为“{value}”，不是数值；请在链接中更正。</translation>
    </message>
    <message>
        <source>{count} of the {rows} held-out watches {count:is|are} of what the user has watched before. Nobody is recommended that again, so every model misses {count:it|them}, with repeats to learn from or without.</source>
        <translation>{rows} 次留出的观看中，有 {count} 次是该用户以前看过的物品。看过的不会再推荐，因此所有模型都命中不了，无论是否学习重复观看。</translation>
    </message>
    <message>
        <source>The only held-out watch is of what the user has watched before. Nobody is recommended that again, so every model misses it, with repeats to learn from or without.</source>
        <translation>唯一一次留出的观看是该用户以前看过的物品。看过的不会再推荐，因此所有模型都命中不了，无论是否学习重复观看。</translation>
    </message>
    <message>
        <source>{count} watch {count:time is|times are} negative or no {count:number|numbers}. Give the seconds watched, 0 without a click.</source>
        <translation>有 {count} 个观看时长为负数或不是数字。请给出观看的秒数，未点击为 0。</translation>
    </message>
    <message>
        <source>This network reads no user feature “{column}”; it reads {columns}. Leave it out, or train with it.</source>
        <translation>此网络不读取用户特征“{column}”；它读取 {columns}。请略去它，或带着它训练。</translation>
    </message>
    <message>
        <source>“{path}” was trained on other watches than this network, so the two cannot be compared; train both on one log.</source>
        <translation>“{path}”训练所用的观看与此网络不同，因此无法比较；请在同一日志上训练两者。</translation>
    </message>
    <message>
        <source>“{path}” was trained on the impressions of another site, so the two cannot be compared; train both on one site.</source>
        <translation>“{path}”训练所用的展示来自另一站点，因此无法比较；请在同一站点上训练两者。</translation>
    </message>
    <message>
        <source>Every training row of “{column}” has the same outcome; choose rows, or a threshold, with both outcomes.</source>
        <translation>“{column}”在所有训练行中结果都相同；请选择两种结果都有的行，或换一个阈值。</translation>
    </message>
    <message>
        <source>Nothing here is called “{name}”; ask one of {known}.</source>
        <translation>这里没有叫“{name}”的；请问以下之一：{known}。</translation>
    </message>
    <message>
        <source>“{path}” was not written by a training run of this program ({reason}); choose another.</source>
        <translation>“{path}”不是由本程序的训练写出的（{reason}）；请选择其他文件。</translation>
    </message>
    <message>
        <source>{features} features of {rows} rows are more than {limit} numbers; take some features out, or use fewer rows.</source>
        <translation>{rows} 行的 {features} 个特征超过 {limit} 个数；请去掉一些特征，或使用更少的行。</translation>
    </message>
    <message>
        <source>The network has {count:,} blocks, more than {limit}; delete some, or train it elsewhere.</source>
        <translation>网络有 {count:,} 个模块，超过 {limit} 个；请删除一些，或在别处训练。</translation>
    </message>
    <message>
        <source>Training stopped at step {step}: the {setting} is {value:g}. Hardly any network learns above {limit:g}; set it back.</source>
        <translation>训练在第 {step} 步停止：{setting}为 {value:g}。超过 {limit:g} 时几乎没有网络能学会；请改回。</translation>
    </message>
    <message>
        <source>“{name}” lacks what the network reads ({missing}); choose the table that it was trained on.</source>
        <translation>“{name}”缺少网络读取的列（{missing}）；请选择它训练时所用的表格。</translation>
    </message>
    <message>
        <source>There is no expression yet; type one, such as (x + y)^2.</source>
        <translation>还没有表达式；请键入一个，例如 (x + y)^2。</translation>
    </message>
    <message>
        <source>The target “{column}” contains text such as “{value}”, so it can&apos;t be a regression. Choose classification.</source>
        <translation>目标“{column}”含有“{value}”之类的文本，不能做回归。请选择分类。</translation>
    </message>
    <message>
        <source>Values of “{column}” that aren&apos;t numbers (such as “{example}”) count as missing: {count}.</source>
        <translation>“{column}”中有 {count} 个值不是数值（例如“{example}”），按缺失处理。</translation>
    </message>
    <message>
        <source>Values of “{column}” that aren&apos;t dates (such as “{example}”) count as missing: {count}.</source>
        <translation>“{column}”中有 {count} 个值不是日期（例如“{example}”），按缺失处理。</translation>
    </message>
    <message>
        <source>“{column}” was left out, as chosen.</source>
        <translation>“{column}”未被选中，已略去。</translation>
    </message>
    <message>
        <source>The expression has {count} characters; shorten it to {limit} or fewer.</source>
        <translation>表达式有 {count} 个字符；请缩短到 {limit} 个以内。</translation>
    </message>
    <message>
        <source>The expression has more than {limit} nodes; shorten it.</source>
        <translation>表达式的节点超过 {limit} 个；请缩短。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: “{found}” means nothing here; an expression has numbers, names, brackets, commas and + − × ÷ ^.</source>
        <translation>第 {line} 行，第 {column} 列：“{found}”在这里没有意义；表达式由数、名称、括号、逗号和 + − × ÷ ^ 组成。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: “{found}” is not a number; write it like 0.5 or 1e-3.</source>
        <translation>第 {line} 行，第 {column} 列：“{found}”不是数；请写成 0.5 或 1e-3 这样。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: “{found}” is too long or too large; write a number between −1e308 and 1e308 with at most {limit} characters.</source>
        <translation>第 {line} 行，第 {column} 列：“{found}”太长或太大；请写 −1e308 到 1e308 之间、最多 {limit} 个字符的数。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: this power of numbers is larger than any number here (1.8e308); write a smaller one.</source>
        <translation>第 {line} 行，第 {column} 列：这个数的幂超出了这里的最大数 （1.8e308）；请写小一些的。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: the name “{found}” is too long; write one of at most {limit} characters.</source>
        <translation>第 {line} 行，第 {column} 列：名称“{found}”太长；请最多用 {limit} 个字符。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: a number, a name or an opening bracket is expected here, not “{found}”.</source>
        <translation>第 {line} 行，第 {column} 列：此处应为数、名称或左括号，而不是“{found}”。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: the line ends where a number, a name or an opening bracket is expected; complete it.</source>
        <translation>第 {line} 行，第 {column} 列：此行到这里结束，但还缺一个数、名称或左括号；请补全。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: an operator is expected between “{before}” and “{found}”; for a product put * between them.</source>
        <translation>第 {line} 行，第 {column} 列：“{before}”与“{found}”之间应有运算符；表示乘积请在中间加 *。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: an operator or the end of the line is expected here, not “{found}”.</source>
        <translation>第 {line} 行，第 {column} 列：此处应为运算符或行尾，而不是“{found}”。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: the bracket “{opening}” is not closed; add “{closing}” on the same line.</source>
        <translation>第 {line} 行，第 {column} 列：括号“{opening}”没有闭合；请在同一行补上“{closing}”。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: “{closing}” is expected here, not “{found}”.</source>
        <translation>第 {line} 行，第 {column} 列：此处应为“{closing}”，而不是“{found}”。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: “{found}” is not known here; known are {known}. For a product write {found}*(…).</source>
        <translation>第 {line} 行第 {column} 列：这里不认识“{found}”；认识的有 {known}。若要表示乘积，请写 {found}*(…)。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: “{found}” is not a function; for a product write {found}*(…).</source>
        <translation>第 {line} 行，第 {column} 列：“{found}”不是函数；表示乘积请写 {found}*(…)。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: “{found}” is not known here; there are: {known}.</source>
        <translation>第 {line} 行，第 {column} 列：这里没有“{found}”；可用的有：{known}。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: “{found}” is a function; write what it is applied to in brackets, {found}(…).</source>
        <translation>第 {line} 行，第 {column} 列：“{found}”是函数；请把它作用的对象写在括号里：{found}(…)。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: {found} takes a list in square brackets, such as {found}([x, y]).</source>
        <translation>第 {line} 行，第 {column} 列：{found} 需要方括号中的列表，例如 {found}([x, y])。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: this is a list, where one number is expected; choose one of it by its index, such as {found}[0].</source>
        <translation>第 {line} 行，第 {column} 列：此处应为一个数，而这是列表；请用下标取其中一个，例如 {found}[0]。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: this list has {count} numbers; it may have 1 to {limit}.</source>
        <translation>第 {line} 行，第 {column} 列：此列表有 {count} 个数；应有 1 到 {limit} 个。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: cross_entropy is given {logits} values and {targets} targets; give as many of one as of the other.</source>
        <translation>第 {line} 行，第 {column} 列：给了 cross_entropy {logits} 个值和 {targets} 个目标；两者的个数应相同。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: an index is a whole number from 0 to {last} here, not “{found}”.</source>
        <translation>第 {line} 行，第 {column} 列：这里的下标应为 0 到 {last} 的整数，而不是“{found}”。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: a definition begins with one name and “=”, such as t = x + y.</source>
        <translation>第 {line} 行，第 {column} 列：定义以一个名称和“=”开头，例如 t = x + y。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: “{found}” is a function and cannot be defined; choose another name.</source>
        <translation>第 {line} 行，第 {column} 列：“{found}”是函数，不能定义；请换一个名称。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: “{found}” is used before this line defines it; define it further up, or choose another name.</source>
        <translation>第 {line} 行，第 {column} 列：“{found}”在此行定义之前就被使用；请把定义移到前面，或换一个名称。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: only the last line may go without a name; write t = … here.</source>
        <translation>第 {line} 行，第 {column} 列：只有最后一行可以没有名称；请在这里写 t = …。</translation>
    </message>
    <message>
        <source>{name} has no value; give it one.</source>
        <translation>{name} 没有值；请给它一个值。</translation>
    </message>
    <message>
        <source>{node} is not a finite number; give it another value.</source>
        <translation>{node} 不是有限数；请给它另一个值。</translation>
    </message>
    <message>
        <source>{node} is the logarithm of 0, which is −∞; keep it above 0.</source>
        <translation>{node} 是 0 的对数，即 −∞；请使它大于 0。</translation>
    </message>
    <message>
        <source>{node} is the square root of a negative number; make it 0 or more.</source>
        <translation>{node} 是负数的平方根；请使它大于或等于 0。</translation>
    </message>
    <message>
        <source>{node} has no finite slope along {parent} here; move away from this value.</source>
        <translation>{node} 在此处对 {parent} 没有有限的斜率；请离开这个值。</translation>
    </message>
    <message>
        <source>Not checked: PyTorch isn&apos;t in this copy of Neuroloom.</source>
        <translation>未核对：此版本的 Neuroloom 不含 PyTorch。</translation>
    </message>
    <message>
        <source>There is no x in it; write the activation in terms of x, such as x*sigmoid(1.7*x).</source>
        <translation>其中没有 x；请把激活函数写成 x 的式子，例如 x*sigmoid(1.7*x)。</translation>
    </message>
    <message>
        <source>{value} isn&apos;t a finite number; give finite values for the input and the target.</source>
        <translation>{value} 不是有限的数值；请给输入和目标以有限的值。</translation>
    </message>
    <message>
        <source>“{block}” had {was} with {was_loss}, which doesn&apos;t suit the new data; it now has {now} with {loss}.</source>
        <translation>“{block}”原来用的是{was}和{was_loss}，不适合新的数据；现在改用{now}和{loss}。</translation>
    </message>
    <message>
        <source>{name} has no value; give it one, such as --at {name}=1.</source>
        <translation>{name} 没有值；请给它一个值，例如 --at {name}=1。</translation>
    </message>
    <message>
        <source>The disk is too full: about {size} GB are needed in “{path}”. Free some, then try again.</source>
        <translation>磁盘空间不足：“{path}”中约需 {size} GB。请腾出空间，再试一次。</translation>
    </message>
    <message>
        <source>There is no {packages} for this Python ({version}) on this system; install Neuroloom with Python 3.12.</source>
        <translation>本系统的 Python {version} 没有可用的 {packages}；请用 Python 3.12 安装 Neuroloom。</translation>
    </message>
    <message>
        <source>The system refused something on the way ({reason}); check the files and folders named.</source>
        <translation>途中系统拒绝了某个操作（{reason}）；请检查所给的文件和文件夹。</translation>
    </message>
    <message>
        <source>The table has {needed} inputs, but there are {found} weights; give one for each input.</source>
        <translation>真值表有 {needed} 个输入，却有 {found} 个权重；请为每个输入给出一个权重。</translation>
    </message>
    <message>
        <source>Weights and bias must lie between −{reach:g} and {reach:g}.</source>
        <translation>权重和偏置必须在 −{reach:g} 到 {reach:g} 之间。</translation>
    </message>
    <message>
        <source>“{path}” isn&apos;t the training file: it has only {kept} of its {trained} {trained:row|rows}. Choose another.</source>
        <translation>“{path}”不是训练所用的文件：训练文件的 {trained} 行中，它只有 {kept} 行。请另选一个文件。</translation>
    </message>
    <message>
        <source>{task} learns from {needs}, which “{source}” can&apos;t give; choose {choices}.</source>
        <translation>{task}要从{needs}中学习，而“{source}”给不了；请选择 {choices}。</translation>
    </message>
    <message>
        <source>The network&apos;s answer can&apos;t be read ({reason}). Open the run again.</source>
        <translation>无法读取网络的回答（{reason}）。请重新打开这次训练。</translation>
    </message>
    <message>
        <source>“{column}” has numbers too large to compute with, such as {value} ({count} of the rows read); leave them empty in the file or leave the column out.</source>
        <translation>“{column}”列含有太大而无法计算的数，如 {value}（已读取的行中共 {count} 行）；请在文件中将其留空，或不使用该列。</translation>
    </message>
    <message>
        <source>{title} isn&apos;t downloaded yet: run “{command}”, then give the path that it prints in place of “{name}”.</source>
        <translation>{title}尚未下载：先运行“{command}”，再用它输出的路径代替“{name}”。</translation>
    </message>
    <message>
        <source>{node} is 0 to the power of 0 and has no slope along its exponent {exponent}: the rule gives 1·log(0) = −∞, and PyTorch&apos;s 0 is a convention; move away from this value.</source>
        <translation>{node} 是 0 的 0 次方，沿指数 {exponent} 没有斜率：按规则得 1·log(0) = −∞，PyTorch 给出的 0 只是约定；请离开这个取值。</translation>
    </message>
    <message>
        <source>“{name}” isn&apos;t a function. Did you mean {function}(…)? Call a parameter something else, such as b.</source>
        <translation>“{name}”不是函数。你是想用 {function}(…) 吗？参数请用别的名称，例如 b。</translation>
    </message>
    <message>
        <source>Nothing can be added to a Neuroloom that uvx runs; end it, then use {command} to start one with {packages}.</source>
        <translation>由 uvx 运行的 Neuroloom 无法添加任何软件包；请关闭它，用 {command} 启动带有 {packages} 的版本。</translation>
    </message>
    <message>
        <source>Installing {packages} would replace {replaced}, which Neuroloom runs on; use {command} to install it anew with them.</source>
        <translation>安装 {packages} 会替换 Neuroloom 自身所依赖的 {replaced}；请用 {command} 连同它们重新安装。</translation>
    </message>
    <message>
        <source>PyTorch&apos;s own index, which has the build without NVIDIA&apos;s libraries, can&apos;t be reached, and the package registry&apos;s is about {download} GB to download and {disk} GB on the disk; try again later, or use {command} to take it.</source>
        <translation>无法连接 PyTorch 自己的软件源（那里有不含 NVIDIA 库的版本），而软件包仓库中的版本约需下载 {download} GB、占用磁盘 {disk} GB；请稍后再试，或用 {command} 安装它。</translation>
    </message>
    <message>
        <source>“{path}” is in the way; move it elsewhere, then try again.</source>
        <translation>“{path}”挡住了安装；请把它移到别处，然后重试。</translation>
    </message>
    <message>
        <source>Another Neuroloom is installing into “{path}”; wait until it&apos;s done, then try again.</source>
        <translation>另一个 Neuroloom 正在向“{path}”安装；请等它完成后重试。</translation>
    </message>
    <message>
        <source>Training stopped at step {step}: {function} has no value at {z:.3g}, a weighted sum of “{block}”; choose another function there.</source>
        <translation>训练在第 {step} 步停止：{function} 在 {z:.3g} 处没有值，而这是“{block}”的一个加权和；请在那里改用别的函数。</translation>
    </message>
    <message>
        <source>Training stopped at step {step}: {function} isn&apos;t finite at {z:.3g}, a weighted sum of “{block}”; choose another function there, a lower learning rate or smaller start weights.</source>
        <translation>训练在第 {step} 步停止：{function} 在 {z:.3g} 处不是有限的数，而这是“{block}”的一个加权和；请在那里改用别的函数，或降低学习率、减小起始权重。</translation>
    </message>
    <message>
        <source>Training stopped at step {step}: the slope of {function} isn&apos;t finite at {z:.3g}, a weighted sum of “{block}”; choose another function there.</source>
        <translation>训练在第 {step} 步停止：{function} 在 {z:.3g} 处的斜率不是有限的数，而这是“{block}”的一个加权和；请在那里改用别的函数。</translation>
    </message>
    <message>
        <source>“{path}” has changed since training, and this checkpoint of an earlier version doesn&apos;t carry its rows: figures are for the rows as they are now.</source>
        <translation>“{path}”在训练之后有变化，而这个较早版本的检查点不含数据行：数字针对现在的行。</translation>
    </message>
    <message>
        <source>One row was added to “{path}”; figures are for the rows it was trained and tested on.</source>
        <translation>“{path}”新增了 1 行；数字针对它训练和测试所用的行。</translation>
    </message>
    <message>
        <source>{added} rows were added to “{path}”; figures are for the rows it was trained and tested on.</source>
        <translation>“{path}”新增了 {added} 行；数字针对它训练和测试所用的行。</translation>
    </message>
    <message>
        <source>“{path}” has changed; figures are for the rows it was trained and tested on.</source>
        <translation>“{path}”有变化；数字针对它训练和测试所用的行。</translation>
    </message>
    <message>
        <source>Sizes and counts are those of “{path}” as it is now; this network was trained on what it held then, which its checkpoint doesn&apos;t carry.</source>
        <translation>大小与计数按“{path}”当前的内容得出；该网络是用它当时的内容训练的，而检查点中没有保存那些行。</translation>
    </message>
    <message>
        <source>Read as missing in “{column}”: {words}.</source>
        <translation>“{column}”中按缺失值读取：{words}。</translation>
    </message>
    <message>
        <source>{share} of the events share their time with another of the same user, so that their order, and which is held out as the last one (for {last} of the users), is that of the rows.</source>
        <translation>{share} 的事件与同一用户的另一事件时间相同，因此它们的次序以及哪一个作为最后一次留出（对 {last} 的用户）取决于行的次序。</translation>
    </message>
    <message>
        <source>The times go from {first} to {last}; check that the column holds the times of the events.</source>
        <translation>时间从 {first} 到 {last}；请检查该列是否为事件的时间。</translation>
    </message>
    <message>
        <source>“{column}” has no value in any row; leave it out.</source>
        <translation>“{column}”在任何行都没有值；请略去它。</translation>
    </message>
    <message>
        <source>Every column but the label is left out; choose one to predict it from.</source>
        <translation>除标签外各列都被略去；请选择一列用来预测。</translation>
    </message>
    <message>
        <source>“{first}” and “{second}” cannot both be the {role}; choose another role for one of them.</source>
        <translation>“{first}”与“{second}”不能都是{role}；请为其中之一选择别的角色。</translation>
    </message>
    <message>
        <source>No column of “{path}” holds the ids of the items; choose the one that does.</source>
        <translation>“{path}”没有含物品编号的列；请选择含有的那一列。</translation>
    </message>
    <message>
        <source>Its name suggests users; {distinct} {distinct:value|different values} in the first {rows} {rows:row|rows}.</source>
        <translation>名称像是用户；前 {rows} 行中有 {distinct} 个不同的值。</translation>
    </message>
    <message>
        <source>Its name suggests items; {distinct} {distinct:value|different values} in the first {rows} {rows:row|rows}.</source>
        <translation>名称像是物品；前 {rows} 行中有 {distinct} 个不同的值。</translation>
    </message>
    <message>
        <source>Its name suggests titles, and no other column&apos;s name suggests items; {distinct} {distinct:value|different values} in the first {rows} {rows:row|rows}.</source>
        <translation>名称像是标题，且没有其他列的名称像物品；前 {rows} 行中有 {distinct} 个不同的值。</translation>
    </message>
    <message>
        <source>It has {share} of the items in the log&apos;s first rows.</source>
        <translation>它含有日志前几行中 {share} 的物品。</translation>
    </message>
    <message>
        <source>{host} cannot be reached ({reason}); check the network connection and try again.</source>
        <translation>无法连接 {host}（{reason}）；请检查网络连接后重试。</translation>
    </message>
    <message>
        <source>{title} comes under the {licence}: {terms} Accept these terms to download it.</source>
        <translation>{title} 的许可为 {licence}：{terms} 接受这些条款后才能下载。</translation>
    </message>
    <message>
        <source>{title} comes with the program; there is nothing to download.</source>
        <translation>{title} 随程序附带，无需下载。</translation>
    </message>
    <message>
        <source>{name} ended after {done} of {total} bytes; what has arrived is kept, download it again to get the rest.</source>
        <translation>{name} 在 {total} 字节中的 {done} 字节处中断；已下载的部分会保留，请再次下载以取得其余部分。</translation>
    </message>
    <message>
        <source>{url} is {found} bytes long, its publisher says {expected}; check that no proxy or login page is in the way.</source>
        <translation>{url} 的长度为 {found} 字节，而发布者给出的是 {expected} 字节；请检查是否被代理或登录页面拦截。</translation>
    </message>
    <message>
        <source>{path} cannot be written ({reason}); choose another folder or check its permissions.</source>
        <translation>无法写入 {path}（{reason}）；请选择其他文件夹或检查其权限。</translation>
    </message>
    <message>
        <source>The network has no end; add a “{end}” block and wire the last layer to it.</source>
        <translation>网络没有末端；请添加“{end}”模块，并把最后一层连到它。</translation>
    </message>
    <message>
        <source>“{block}” reads the points of the playground; put a Category, a Bag of ids or Numbers in its place.</source>
        <translation>“{block}”读取的是游乐场的点；请换成“类别”“编号袋”或“数值”模块。</translation>
    </message>
    <message>
        <source>“{block}” has {found} ids for “{column}”, whose vocabulary has {expected} in this data; set its size to that.</source>
        <translation>“{block}”为“{column}”设了 {found} 个编号，而此数据的词表有 {expected} 个；请把它的大小设为该数。</translation>
    </message>
    <message>
        <source>“{block}” is over {found} items, and this data has {expected}; set its items to that.</source>
        <translation>“{block}”含 {found} 个物品，而此数据有 {expected} 个；请把它的物品数设为该数。</translation>
    </message>
    <message>
        <source>“{block}” takes one id per row from each wire, and “{source}” gives any number; use a Pooled block for it.</source>
        <translation>“{block}”要求每条连线每行给出一个编号，而“{source}”给出任意多个；请改用“池化”模块。</translation>
    </message>
    <message>
        <source>“{name}” isn&apos;t the name of a folder in “{root}”; name one as the list of runs shows it.</source>
        <translation>“{name}”不是“{root}”中某个文件夹的名称；请使用运行列表中显示的名称。</translation>
    </message>
    <message>
        <source>“{path}” is a link to a folder elsewhere; go to that folder to rename or delete its run.</source>
        <translation>“{path}”是指向别处文件夹的链接；请到那个文件夹中重命名或删除其中的运行。</translation>
    </message>
    <message>
        <source>No part of this model can be trained by itself; choose a model of several parts, or no companions.</source>
        <translation>此模型没有可单独训练的部分；请选择由多部分组成的模型，或不要同伴。</translation>
    </message>
    <message>
        <source>{key} is {value} in the link; it must be {wanted}.</source>
        <translation>链接中 {key} 为 {value}；要求：{wanted}。</translation>
    </message>
    <message>
        <source>networkShape is “{value}” in the link; it must be the units of each hidden layer, whole numbers from 1 to {most} with commas between them.</source>
        <translation>链接中 networkShape 为“{value}”；它应是各隐藏层的单元数，即 1 到 {most} 的整数，以逗号分隔。</translation>
    </message>
    <message>
        <source>batchSize is {size} in the link, but only {rows} points are trained on: that page would never change a weight; make it {rows} or less.</source>
        <translation>链接中 batchSize 为 {size}，但只有 {rows} 个点用于训练：该网页永远不会改变权重；请改为 {rows} 或更小。</translation>
    </message>
    <message>
        <source>The seed in the link has {length} characters; {limit} are the most.</source>
        <translation>链接中的种子有 {length} 个字符；最多 {limit} 个。</translation>
    </message>
    <message>
        <source>{key} is “{value}” in the link, which that page does not know: it takes {taken}, as here.</source>
        <translation>链接中 {key} 为“{value}”，该网页不认识，会改用 {taken}，这里也一样。</translation>
    </message>
    <message>
        <source>The link hides controls of that page; here nothing is hidden: {keys}.</source>
        <translation>链接隐藏了该网页的一些控件；这里不隐藏任何内容：{keys}。</translation>
    </message>
    <message>
        <source>Inputs that the link hides are left out of the network, as on that page: {keys}.</source>
        <translation>链接隐藏的输入不进入网络，与该网页一样：{keys}。</translation>
    </message>
    <message>
        <source>Batches of {size} are larger than the {rows} rows that are trained on; make them smaller.</source>
        <translation>批大小 {size} 超过了用于训练的 {rows} 行；请把它改小。</translation>
    </message>
    <message>
        <source>“{path}” is damaged and can&apos;t be recovered. Discard it.</source>
        <translation>“{path}”已损坏，无法恢复，请将其丢弃。</translation>
    </message>
    <message>
        <source>“{path}” was written by a newer Neuroloom. Recover it with that version, or discard it.</source>
        <translation>“{path}”由更新版本的 Neuroloom 写入，请用该版本恢复，或将其丢弃。</translation>
    </message>
    <message>
        <source>The log has no user features, so “{column}” can&apos;t be one; leave the categories of the user empty.</source>
        <translation>日志里没有用户特征，因此“{column}”不能用作用户特征；请将用户类别留空。</translation>
    </message>
    <message>
        <source>The catalogue has no item “{item}”. Name one it has, such as {example}.</source>
        <translation>目录中没有物品“{item}”；请给出其中之一，例如 {example}。</translation>
    </message>
    <message>
        <source>“{path}” isn&apos;t a checkpoint of candidate generation. Name one that “recommend train candidates” wrote.</source>
        <translation>“{path}”不是候选生成的检查点；请给出由“recommend train candidates”写出的。</translation>
    </message>
    <message>
        <source>This data has no searches. Choose data that does, such as the generated video site.</source>
        <translation>这份数据没有说明搜索过什么；请选择有此信息的数据，例如生成的视频网站。</translation>
    </message>
    <message>
        <source>This data has no facts about its users, such as country, device or gender. Choose data that does.</source>
        <translation>这份数据没有用户的信息，例如国家、设备或性别；请选择有此信息的数据。</translation>
    </message>
    <message>
        <source>All watches have the same time, so none is older than another. Choose data with times.</source>
        <translation>所有观看都在同一时间，没有先后之分；请选择带有时间的数据。</translation>
    </message>
    <message>
        <source>The cross “{cross}” names “{column}”, which isn&apos;t a category of this model. Choose from {columns}.</source>
        <translation>交叉特征“{cross}”用到“{column}”，但它不是此模型的类别；请从 {columns} 中选择。</translation>
    </message>
    <message>
        <source>A cross names no column. Name one or more, or leave it out.</source>
        <translation>有一个交叉没有指定列；请指定一列或多列，或去掉该交叉。</translation>
    </message>
    <message>
        <source>The cross {cross} names “{column}” twice; name each column of a cross once.</source>
        <translation>交叉 {cross} 两次用到了“{column}”；交叉中的每一列只写一次。</translation>
    </message>
    <message>
        <source>One added row&apos;s “{column}” is a text that training didn&apos;t have (“{value}”); it counts as a no.</source>
        <translation>新增的一行中，“{column}”是训练时没有的文本（“{value}”），按“否”处理。</translation>
    </message>
    <message>
        <source>The “{column}” of {count} added rows is a text that training didn&apos;t have (such as “{value}”); they count as a no.</source>
        <translation>新增的 {count} 行中，“{column}”是训练时没有的文本（如“{value}”），按“否”处理。</translation>
    </message>
    <message>
        <source>“{block}” has no unit {unit} with weights of its own; choose a unit of a dense layer.</source>
        <translation>“{block}”没有自带权重的单元 {unit}；请选择全连接层的单元。</translation>
    </message>
    <message>
        <source>“{block}” uses {what}, whose slope is 0 everywhere, so no gradient passes through it; choose another activation.</source>
        <translation>“{block}”使用 {what}，其斜率处处为 0，梯度无法通过；请换一个激活函数。</translation>
    </message>
    <message>
        <source>“{block}” uses {what}, which takes the z of all its units together; open the whole network instead.</source>
        <translation>“{block}”使用 {what}，它要同时用到该层所有单元的 z；请改为打开整个网络。</translation>
    </message>
    <message>
        <source>“{block}” looks up vectors instead of computing with single numbers; choose a network without it.</source>
        <translation>“{block}”是查找向量，而不是用单个数计算；请选择不含它的网络。</translation>
    </message>
    <message>
        <source>A scalar graph shows one sample, but this pass has {rows}; choose a single row.</source>
        <translation>标量图只显示一个样本，而这次传播有 {rows} 行；请选择其中一行。</translation>
    </message>
    <message>
        <source>As a scalar graph this has more than {limit} nodes; choose a single neuron, or a network with fewer units.</source>
        <translation>化为标量图后，节点超过 {limit} 个；请选择单个神经元，或单元较少的网络。</translation>
    </message>
    <message>
        <source>There is no row {row}; the data has rows 0 to {last}.</source>
        <translation>没有第 {row} 行；数据的行号为 0 到 {last}。</translation>
    </message>
    <message>
        <source>Training stopped at step {step}: the {what} of “{block}” is no longer finite; lower the learning rate or start from smaller weights.</source>
        <translation>训练在第 {step} 步停止：“{block}”的 {what} 不再是有限数；请减小学习率，或从更小的权重开始。</translation>
    </message>
    <message>
        <source>There are no rows to train on; choose more data or a looser filter.</source>
        <translation>没有可供训练的行；请选择更多数据或放宽筛选条件。</translation>
    </message>
    <message>
        <source>A batch of {rows} rows cannot be shared by {processes} processes; choose a larger batch size or fewer processes.</source>
        <translation>{rows} 行的批次无法分给 {processes} 个进程；请增大批大小或减少进程。</translation>
    </message>
    <message>
        <source>--x has {found} values, but the data set has {needed} columns: {columns}.</source>
        <translation>--x 有 {found} 个值，而数据集有 {needed} 列：{columns}。</translation>
    </message>
    <message>
        <source>There is no {device} device on this machine; choose auto or cpu.</source>
        <translation>这台机器上没有 {device} 设备；请选择 auto 或 cpu。</translation>
    </message>
    <message>
        <source>“{path}” was trained on other rows than this network, so the two cannot be compared; train both on the same data with the same split.</source>
        <translation>“{path}”训练所用的行与此网络不同，因此无法比较；请在同一数据、同一划分上训练两者。</translation>
    </message>
    <message>
        <source>This network has no cross of just two columns{wanted}; train one with --cross, or name one of {known}.</source>
        <translation>此网络没有恰好两列的交叉{wanted}；请用 --cross 训练一个，或给出以下之一：{known}。</translation>
    </message>
    <message>
        <source>The network predicts {network} classes, but the data set has {data}; train a network on this data set.</source>
        <translation>网络预测 {network} 个类别，而数据集有 {data} 个；请用此数据集训练一个网络。</translation>
    </message>
</context>
<context>
    <name>ProcessOutcome</name>
    <message>
        <source>“{program}” is running.</source>
        <translation>“{program}”正在运行。</translation>
    </message>
    <message>
        <source>“{program}” finished.</source>
        <translation>“{program}”已正常结束。</translation>
    </message>
    <message>
        <source>“{program}” failed with code {code}.</source>
        <translation>“{program}”失败，代码 {code}。</translation>
    </message>
    <message>
        <source>“{program}” crashed (signal {code}).</source>
        <translation>“{program}”已崩溃（信号 {code}）。</translation>
    </message>
    <message>
        <source>“{program}” couldn&apos;t be started. Check that it exists and may be run.</source>
        <translation>“{program}”无法启动；请检查它是否存在、是否允许运行。</translation>
    </message>
    <message>
        <source>“{program}” was stopped.</source>
        <translation>“{program}”已被停止。</translation>
    </message>
</context>
<context>
    <name>ProfilePanel</name>
    <message>
        <source>Add a search …</source>
        <translation>添加搜索……</translation>
    </message>
    <message>
        <source>Type part of a search; the network reads it too</source>
        <translation>输入搜索内容的一部分；网络也会读取它</translation>
    </message>
    <message>
        <source>About this user</source>
        <translation>关于此用户</translation>
    </message>
    <message>
        <source>{count} {count:search|searches}</source>
        <translation>{count} 次搜索</translation>
    </message>
</context>
<context>
    <name>QAbstractFileIconProvider</name>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>%1 File</source>
        <translation>%1 文件</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>&amp;Look in:</source>
        <translation>查找范围(&amp;L)：</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>文件类型(&amp;T)：</translation>
    </message>
</context>
<context>
    <name>QFileSystemModel</name>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Light, dark, or like the system</source>
        <translation>浅色、深色或跟随系统</translation>
    </message>
    <message>
        <source>Shortcuts, glossary, log and about</source>
        <translation>快捷键、术语表、日志与关于</translation>
    </message>
    <message>
        <source>Show this message again: {text}</source>
        <translation>再次显示这条消息：{text}</translation>
    </message>
    <message>
        <source>Language of the program</source>
        <translation>程序的语言</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
</context>
<context>
    <name>RankSection</name>
    <message>
        <source>Predicted against true watch time</source>
        <translation>预测与真实的观看时长</translation>
    </message>
    <message>
        <source>Calibration and its cure</source>
        <translation>校准及其修正</translation>
    </message>
    <message>
        <source>ten equally full bins</source>
        <translation>十个同样多的区间</translation>
    </message>
    <message>
        <source>Mispredicted</source>
        <translation>预测错误</translation>
    </message>
    <message>
        <source>Open the network&apos;s current state</source>
        <translation>打开网络的最新状态</translation>
    </message>
    <message>
        <source>{title}: expected {predicted} s, actually {true} s</source>
        <translation>{title}：预期 {predicted} 秒，真实 {true} 秒</translation>
    </message>
    <message>
        <source>{count} of the held-out impressions; rings: means of ten equal groups; click one to see its sum</source>
        <translation>留出的展示中的 {count} 次；圆圈：十个等量组的均值；点击可看求和</translation>
    </message>
    <message>
        <source>click one to see its sum</source>
        <translation>点击可看求和</translation>
    </message>
    <message>
        <source>ten bins of equally many impressions; dashed {warning}: what weighting alone would give</source>
        <translation>每个区间展示次数相同，共十个；{warning}虚线：仅靠加权会给出的值</translation>
    </message>
    <message>
        <source>Share of the clicks&apos; watch time that is ranked below something not clicked, page by page</source>
        <translation>逐页计算：排在未点击项之下的点击，其观看时长所占的比例</translation>
    </message>
    <message>
        <source>Rank correlation of expected and actual watch time; the true model gets {best}</source>
        <translation>预期时长与实际观看时长的秩相关；真值本身为 {best}</translation>
    </message>
    <message>
        <source>Rank correlation</source>
        <translation>秩相关</translation>
    </message>
    <message>
        <source>Predicted ÷ true</source>
        <translation>预测 ÷ 真实</translation>
    </message>
    <message>
        <source>Clicked</source>
        <translation>点击率</translation>
    </message>
</context>
<context>
    <name>RankedBy</name>
    <message>
        <source>Ranked by</source>
        <translation>排序依据</translation>
    </message>
    <message>
        <source>Train the ranking network</source>
        <translation>训练排序网络</translation>
    </message>
    <message>
        <source>How the candidates are ordered. A ranking network gives the seconds each is expected to be watched by someone who hasn&apos;t been shown it before; what a log doesn&apos;t record is assumed to be typical.</source>
        <translation>候选按什么排序。排序网络给出每个候选预期被观看的秒数，假定此前未向此人展示过；日志没有说明的，按通常情况处理。</translation>
    </message>
    <message>
        <source>Train a second network on the same site&apos;s impressions to rank the candidates here</source>
        <translation>在同一网站的展示上训练第二个网络：由它在这里给候选排序</translation>
    </message>
    <message>
        <source>by inner product</source>
        <translation>按内积</translation>
    </message>
    <message>
        <source>being opened …</source>
        <translation>正在打开……</translation>
    </message>
    <message>
        <source>{count} {count:epoch|epochs}</source>
        <translation>{count} 轮</translation>
    </message>
    <message>
        <source>The ranking network trains: {epochs}</source>
        <translation>排序网络正在训练：{epochs}</translation>
    </message>
</context>
<context>
    <name>RecentMenu</name>
    <message>
        <source>Recent files</source>
        <translation>最近的文件</translation>
    </message>
    <message>
        <source>Clear the list</source>
        <translation>清空列表</translation>
    </message>
    <message>
        <source>Forget these names; the files stay</source>
        <translation>忘掉这些名称；文件本身不动</translation>
    </message>
</context>
<context>
    <name>RecommenderBar</name>
    <message>
        <source>What is shown of the run</source>
        <translation>运行的哪些内容显示出来</translation>
    </message>
</context>
<context>
    <name>RecommenderPage</name>
    <message>
        <source>Recommend</source>
        <translation>推荐</translation>
    </message>
    <message>
        <source>two recommenders</source>
        <translation>两个推荐器</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再试一次</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Stop after the current batch and keep a checkpoint to resume from</source>
        <translation>在当前批次后停下并保存检查点，以后可从那里继续</translation>
    </message>
    <message>
        <source>Start again once the problem is fixed; otherwise it would fail again</source>
        <translation>按提示修正之后重新开始；照现在这样会再次失败</translation>
    </message>
    <message>
        <source>Continue from the checkpoint; on the CPU, exact to the bit</source>
        <translation>从检查点继续；在 CPU 上与不中断时逐位相同</translation>
    </message>
    <message>
        <source>Started. Compare “{first}” and “{second}” in the table of runs, under Train.</source>
        <translation>已开始。“{first}”与“{second}”并列在“训练”下的运行表中。</translation>
    </message>
    <message>
        <source>Press Escape again for all runs; edits made here are lost.</source>
        <translation>再按一次 Escape：所有运行。这里的修改会丢失。</translation>
    </message>
    <message>
        <source>Open a run</source>
        <translation>打开运行</translation>
    </message>
</context>
<context>
    <name>RecoverDialog</name>
    <message>
        <source>Recover unsaved work</source>
        <translation>恢复未保存的内容</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>工作区</translation>
    </message>
    <message>
        <source>Last change</source>
        <translation>最后更改</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Unsaved work</source>
        <translation>未保存的内容</translation>
    </message>
    <message>
        <source>Recover</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Set aside what is chosen; you can bring it back</source>
        <translation>将所选内容移到一旁；可以取回</translation>
    </message>
    <message>
        <source>Recovered work takes the place of what is open in its workspace.</source>
        <translation>恢复的内容会取代其工作区中当前打开的内容。</translation>
    </message>
    <message>
        <source>Open what is chosen</source>
        <translation>打开所选内容</translation>
    </message>
    <message>
        <source>A workspace opens one document: choose one of each</source>
        <translation>每个工作区只能打开一个文档：各选一个</translation>
    </message>
</context>
<context>
    <name>Recovery</name>
    <message>
        <source>Recover</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Recover all</source>
        <translation>全部恢复</translation>
    </message>
    <message>
        <source>Discard all</source>
        <translation>全部丢弃</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>打开它</translation>
    </message>
    <message>
        <source>Open the one of {when}</source>
        <translation>打开 {when} 的那一份</translation>
    </message>
    <message>
        <source>Unsaved work of {when} was left by an earlier version; it is set aside as {path}.</source>
        <translation>{when} 的未保存内容由早期版本留下，已另存到 {path}。</translation>
    </message>
    <message>
        <source>“{file}” was saved after the unsaved work of {when}, which is set aside as {path}.</source>
        <translation>“{file}”的保存晚于 {when} 的未保存内容，后者已移到 {path}。</translation>
    </message>
    <message>
        <source>Unsaved work of {when} could not be recovered in two attempts; it is set aside as {path}.</source>
        <translation>{when} 的未保存内容两次恢复都失败；已移到 {path}。</translation>
    </message>
    <message>
        <source>Opening what was open …</source>
        <translation>正在恢复先前打开的内容……</translation>
    </message>
    <message>
        <source>What was discarded is kept in {path}, which holds the latest {count} documents.</source>
        <translation>已丢弃的内容保存在 {path}，其中保留最近的 {count} 个文档。</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>找回</translation>
    </message>
    <message>
        <source>Unsaved work of {when} cannot be read; it is set aside as {path}.</source>
        <translation>无法读取 {when} 的未保存内容；已移到 {path}。</translation>
    </message>
    <message>
        <source>{count} more can be chosen.</source>
        <translation>另有 {count} 份可供选择。</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Neuroloom was not closed properly. Unsaved work of {when} can be recovered: {document}.</source>
        <translation>Neuroloom 没有正常关闭。可以恢复 {when} 未保存的工作：{document}。</translation>
    </message>
    <message>
        <source>Neuroloom was not closed properly. {count} documents of {when} can be recovered: {places}.</source>
        <translation>Neuroloom 没有正常关闭。可以恢复 {when} 的 {count} 个文档：{places}。</translation>
    </message>
    <message>
        <source>“{name}” ({place})</source>
        <translation>“{name}”（{place}）</translation>
    </message>
</context>
<context>
    <name>RefusedPage</name>
    <message>
        <source>This draft can&apos;t be read from the file</source>
        <translation>无法从文件读取这份草稿</translation>
    </message>
    <message>
        <source>Choose the columns…</source>
        <translation>选择各列用途…</translation>
    </message>
    <message>
        <source>Draft with the columns that the file has now; crosses of columns that remain are kept</source>
        <translation>用文件现有的列起草；只要所用的列还在，交叉特征就会保留</translation>
    </message>
    <message>
        <source>Read the file again</source>
        <translation>重新读取文件</translation>
    </message>
    <message>
        <source>Once the file is as it was</source>
        <translation>在文件恢复原样之后</translation>
    </message>
    <message>
        <source>Back to the checkpoint&apos;s network</source>
        <translation>回到检查点中的网络</translation>
    </message>
</context>
<context>
    <name>Remedy</name>
    <message>
        <source>L2 {value}</source>
        <translation>L2 {value}</translation>
    </message>
    <message>
        <source>The weights of {redrawn} are drawn anew too.</source>
        <translation>{redrawn}的权重也一并重新初始化。</translation>
    </message>
    <message>
        <source>{cure}, {setting}</source>
        <translation>{cure}，{setting}</translation>
    </message>
    <message>
        <source>Undo takes it back.</source>
        <translation>撤销可恢复原状。</translation>
    </message>
    <message>
        <source>the learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>L1</source>
        <translation>L1</translation>
    </message>
    <message>
        <source>L2</source>
        <translation>L2</translation>
    </message>
    <message>
        <source>the weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>clipping</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>the scale of the start weights</source>
        <translation>初始权重的缩放</translation>
    </message>
    <message>
        <source>L1 {value}</source>
        <translation>L1 {value}</translation>
    </message>
    <message>
        <source>usual settings</source>
        <translation>常用设置</translation>
    </message>
    <message>
        <source>rate {value}</source>
        <translation>学习率 {value}</translation>
    </message>
    <message>
        <source>weight decay {value}</source>
        <translation>权重衰减 {value}</translation>
    </message>
    <message>
        <source>no clipping</source>
        <translation>不裁剪</translation>
    </message>
    <message>
        <source>{count} layers</source>
        <translation>{count} 个层</translation>
    </message>
    <message>
        <source> and </source>
        <translation> 和 </translation>
    </message>
</context>
<context>
    <name>RetrievalTab</name>
    <message>
        <source>Recall by the time of one search</source>
        <translation>召回率与单次搜索用时</translation>
    </message>
    <message>
        <source>Exact and approximate retrieval</source>
        <translation>精确与近似检索</translation>
    </message>
    <message>
        <source>Being measured …</source>
        <translation>正在测量……</translation>
    </message>
    <message>
        <source>Not measured.</source>
        <translation>未测量。</translation>
    </message>
    <message>
        <source>Recall of the best {k}, by time of one search</source>
        <translation>前 {k} 的召回率与单次搜索用时</translation>
    </message>
    <message>
        <source>● exact scan  {ms} ms, finds all</source>
        <translation>● 精确扫描  {ms} 毫秒，全部找到</translation>
    </message>
</context>
<context>
    <name>RewindBar</name>
    <message>
        <source>Go back through this training: every number and picture is of that epoch. Play does the same steps again; with a change made there it goes another way. Undo leads back.</source>
        <translation>在这次训练中往回走：所有数字和图像都是那一轮的。按播放会重做同样的步骤；若在那里改动，训练就走另一条路。撤销可回到原处。</translation>
    </message>
    <message>
        <source>Epoch of this training</source>
        <translation>这次训练的轮次</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>到末尾</translation>
    </message>
    <message>
        <source>Go on to the furthest epoch that was trained</source>
        <translation>前往训练到过的最远轮次</translation>
    </message>
    <message>
        <source>Epoch {epoch} of {last}</source>
        <translation>第 {epoch} / {last} 轮</translation>
    </message>
</context>
<context>
    <name>RightColumn</name>
    <message>
        <source>Output and the selected block</source>
        <translation>输出与选中的模块</translation>
    </message>
</context>
<context>
    <name>RightPanel</name>
    <message>
        <source>Facts and numbers</source>
        <translation>性质和数值</translation>
    </message>
    <message>
        <source>Check list</source>
        <translation>检查表</translation>
    </message>
    <message>
        <source>helps</source>
        <translation>有利于</translation>
    </message>
    <message>
        <source>hinders</source>
        <translation>不利于</translation>
    </message>
    <message>
        <source>{helps} or {hinders} training</source>
        <translation>{helps}或{hinders}训练</translation>
    </message>
    <message>
        <source>At the cursor</source>
        <translation>游标处</translation>
    </message>
    <message>
        <source>If {layer} used it, with this z</source>
        <translation>若 {layer} 用它，z 不变</translation>
    </message>
    <message>
        <source>If a layer used it</source>
        <translation>若某层用它</translation>
    </message>
</context>
<context>
    <name>RoleList</name>
    <message>
        <source>How “{column}” is read</source>
        <translation>“{column}”被当作什么</translation>
    </message>
    <message>
        <source>read it</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>Read “{column}” all the same</source>
        <translation>仍然读取“{column}”</translation>
    </message>
    <message>
        <source>Missing in {count} of the first {rows} {rows:row|rows}.</source>
        <translation>前 {rows} 行中有 {count} 行缺失。</translation>
    </message>
    <message>
        <source>Chosen by hand.</source>
        <translation>手动选择。</translation>
    </message>
    <message>
        <source>column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>taken as</source>
        <translation>当作</translation>
    </message>
    <message>
        <source>first values</source>
        <translation>前几个值</translation>
    </message>
    <message>
        <source>because</source>
        <translation>因为</translation>
    </message>
</context>
<context>
    <name>RowEditor</name>
    <message>
        <source>As in the data</source>
        <translation>如数据所示</translation>
    </message>
    <message>
        <source>Restore every value of this row</source>
        <translation>把此行的每个值放回</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Row {number} of the file</source>
        <translation>文件第 {number} 行</translation>
    </message>
    <message>
        <source>Row {number}</source>
        <translation>第 {number} 行</translation>
    </message>
    <message>
        <source>Counted as the file has them, with any header.</source>
        <translation>行号与文件一致，表头也计入。</translation>
    </message>
    <message>
        <source>Rows are numbered from 0; those without an outcome aren&apos;t counted.</source>
        <translation>行号从 0 开始；没有结果的行不计入。</translation>
    </message>
    <message>
        <source>in the data: {value}</source>
        <translation>数据中：{value}</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>{values} never occurred in training, so it counts as unknown, with that bucket&apos;s weights.</source>
        <translation>训练中从未有 {values}：它算作未知，使用该桶自己的权重。</translation>
    </message>
    <message>
        <source>{column} {value} is outside the training range, {least} to {most}.</source>
        <translation>{column} {value} 超出了训练数据的范围（{least} 至 {most}）。</translation>
    </message>
    <message>
        <source>Actual: {goal}</source>
        <translation>真实结果：{goal}</translation>
    </message>
    <message>
        <source>Actual: not {goal}</source>
        <translation>真实结果：不是“{goal}”</translation>
    </message>
    <message>
        <source>In training, {column} {value} always has {partner} {usual}; here it has {found}.</source>
        <translation>在训练数据中，{column} {value} 总是对应 {partner} {usual}；而这里是 {found}。</translation>
    </message>
    <message>
        <source>edit to see the sum change</source>
        <translation>改一个值，看总和移动</translation>
    </message>
    <message>
        <source>Set {partner} to {usual}</source>
        <translation>把 {partner} 设为 {usual}</translation>
    </message>
    <message>
        <source>Changed: truth unknown</source>
        <translation>已更改：真相未知</translation>
    </message>
</context>
<context>
    <name>RowsPanel</name>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>{column} = …</source>
        <translation>{column} = …</translation>
    </message>
    <message>
        <source>loading …, {shown} so far</source>
        <translation>正在载入……，目前 {shown} 行</translation>
    </message>
    <message>
        <source>loading …, {listed} of {kept}</source>
        <translation>正在载入……，{listed} / {kept} 行</translation>
    </message>
    <message>
        <source>the first {listed} of {kept}</source>
        <translation>{kept} 行中的前 {listed} 行</translation>
    </message>
    <message>
        <source>{shown} of {kept}</source>
        <translation>{shown} / {kept}</translation>
    </message>
    <message>
        <source>{shown} rows are shown, of the first {listed} of the {kept} that were kept from training</source>
        <translation>显示 {shown} 行，取自未参与训练的 {kept} 行中的前 {listed} 行</translation>
    </message>
    <message>
        <source>{kept} of {total}</source>
        <translation>{kept} / {total}</translation>
    </message>
    <message>
        <source>Find rows: words, or column = value (Ctrl+F)</source>
        <translation>查找行：词，或 列 = 它的值 (Ctrl+F)</translation>
    </message>
    <message>
        <source>Every held-out row</source>
        <translation>所有未参与训练的行</translation>
    </message>
    <message>
        <source>Rows where the less likely outcome occurred</source>
        <translation>发生了较不可能的结果的行</translation>
    </message>
    <message>
        <source>≈ 50 %</source>
        <translation>≈ 50 %</translation>
    </message>
    <message>
        <source>Rows between 40 % and 60 %, where the model is least sure</source>
        <translation>40 % 到 60 % 之间的行：模型对它们最没把握</translation>
    </message>
    <message>
        <source>No row matches all of this.</source>
        <translation>没有行同时满足这些。</translation>
    </message>
    <message>
        <source>Held-out rows</source>
        <translation>未参与训练的行</translation>
    </message>
    <message>
        <source>{shown} of the first {listed}</source>
        <translation>前 {listed} 行中的 {shown} 行</translation>
    </message>
    <message>
        <source>{shown} rows are shown; {kept} of the {total} rows were kept from training</source>
        <translation>显示 {shown} 行；{total} 行中有 {kept} 行未参与训练</translation>
    </message>
    <message>
        <source>{listed} of {kept} rows are loaded; the count isn&apos;t final yet</source>
        <translation>已载入 {kept} 行中的 {listed} 行；全部载入后计数才完整</translation>
    </message>
</context>
<context>
    <name>RuleCard</name>
    <message>
        <source>Rule of {operation}</source>
        <translation>{operation} 的规则</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>起始梯度</translation>
    </message>
    <message>
        <source>comes in</source>
        <translation>传入</translation>
    </message>
    <message>
        <source>Chosen: {node}</source>
        <translation>所选节点：{node}</translation>
    </message>
    <message>
        <source>Several paths arrive, and add up</source>
        <translation>多条路径在此汇合，相加</translation>
    </message>
    <message>
        <source>goes on</source>
        <translation>传出</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>还有 {count} 项</translation>
    </message>
    <message>
        <source>handed on</source>
        <translation>传下去</translation>
    </message>
    <message>
        <source>one share</source>
        <translation>其中一份</translation>
    </message>
    <message>
        <source>arrives</source>
        <translation>传来</translation>
    </message>
    <message>
        <source>at a kink, by convention</source>
        <translation>在折点处，按约定</translation>
    </message>
    <message>
        <source>branch not taken</source>
        <translation>未走此分支</translation>
    </message>
    <message>
        <source>by convention; the rule gives −∞</source>
        <translation>按约定为 0；按规则是 −∞</translation>
    </message>
    <message>
        <source>∂{node}/∂{operand} is local: {others} depends on {operand} too, but is held fixed here.</source>
        <translation>∂{node}/∂{operand} 是局部偏导数：{others} 也依赖 {operand}，但在这里视为不变。</translation>
    </message>
    <message>
        <source>The rule of a node appears here as soon as the expression can be read.</source>
        <translation>表达式可以读懂之后，这里会显示节点的规则。</translation>
    </message>
    <message>
        <source>Play, or click a node, to see its rule here.</source>
        <translation>点击播放或点一个节点，它的规则会显示在这里。</translation>
    </message>
    <message>
        <source>The node the player has reached: {node}</source>
        <translation>播放到的节点：{node}</translation>
    </message>
    <message>
        <source>through {operation}, {node}</source>
        <translation>经过 {operation}，{node}</translation>
    </message>
    <message>
        <source>local derivative</source>
        <translation>局部导数</translation>
    </message>
</context>
<context>
    <name>RulesPage</name>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Derivatives are hidden until the pass is over.</source>
        <translation>这一轮传播结束之前，导数保持隐藏。</translation>
    </message>
    <message>
        <source>In use here</source>
        <translation>此处用到</translation>
    </message>
    <message>
        <source>Not in use here</source>
        <translation>此处未用</translation>
    </message>
</context>
<context>
    <name>RunCharts</name>
    <message>
        <source>A curve grows here, with a point after every epoch.</source>
        <translation>曲线在这里生长，每轮之后一个点。</translation>
    </message>
    <message>
        <source>Training loss</source>
        <translation>训练损失</translation>
    </message>
    <message>
        <source>of the batches; no simpler model has this loss</source>
        <translation>各批次的；简单模型没有这种损失</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>已保留</translation>
    </message>
    <message>
        <source>this run</source>
        <translation>本次运行</translation>
    </message>
    <message>
        <source>A curve appears here after the first steps.</source>
        <translation>前几步完成后，曲线就会在这里生长。</translation>
    </message>
    <message>
        <source>train: of the batches; this run: of the validation rows, after every epoch</source>
        <translation>训练：各批次；本次运行：每轮之后在验证行上</translation>
    </message>
    <message>
        <source>on the validation rows</source>
        <translation>在验证行上</translation>
    </message>
    <message>
        <source>on the validation rows, after every epoch; dashed: what it is compared with</source>
        <translation>在验证行上，每轮之后；虚线：与之比较的模型</translation>
    </message>
    <message>
        <source>train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>kept: {value}</source>
        <translation>保留：{value}</translation>
    </message>
    <message>
        <source>{kept}, for its {figure} {best}</source>
        <translation>{kept}，因其 {figure} 为 {best}</translation>
    </message>
</context>
<context>
    <name>RunCommand</name>
    <message>
        <source>{edit} (weights no longer kept)</source>
        <translation>{edit}（权重已不再保留）</translation>
    </message>
</context>
<context>
    <name>RunDraft</name>
    <message>
        <source>Earlier draft</source>
        <translation>先前的草稿</translation>
    </message>
    <message>
        <source>As in this run</source>
        <translation>恢复为本次运行</translation>
    </message>
</context>
<context>
    <name>RunFacts</name>
    <message>
        <source>Progress of the run</source>
        <translation>运行的进度</translation>
    </message>
    <message>
        <source>samples a second</source>
        <translation>每秒样本</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>What it is trained on</source>
        <translation>它在何处训练</translation>
    </message>
    <message>
        <source>last checkpoint</source>
        <translation>最近的检查点</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>begun</source>
        <translation>开始于</translation>
    </message>
    <message>
        <source>Rows learned from per second</source>
        <translation>每秒学习的行数</translation>
    </message>
    <message>
        <source>Memory used by its process</source>
        <translation>其进程占用的机器内存</translation>
    </message>
    <message>
        <source>Where it would resume if interrupted now</source>
        <translation>如果现在中断，会从哪里继续</translation>
    </message>
    <message>
        <source>Everything it learns, tables included</source>
        <translation>它学习的全部，包括各表</translation>
    </message>
    <message>
        <source>{done} of {all} {all:update|updates}</source>
        <translation>{done} / {all} 次更新</translation>
    </message>
    <message>
        <source>{done} of at most {all} {all:update|updates}</source>
        <translation>{done} 次更新，最多 {all} 次</translation>
    </message>
    <message>
        <source>{done} {done:update|updates}</source>
        <translation>{done} 次更新</translation>
    </message>
    <message>
        <source>{done} {done:update|updates} tried, {kept} kept</source>
        <translation>试了 {done} 次更新，保留 {kept} 次</translation>
    </message>
    <message>
        <source>not begun</source>
        <translation>尚未开始</translation>
    </message>
    <message>
        <source>no update yet</source>
        <translation>尚未更新</translation>
    </message>
    <message>
        <source>{time} so far</source>
        <translation>已用 {time}</translation>
    </message>
    <message>
        <source>{time} in all</source>
        <translation>共 {time}</translation>
    </message>
    <message>
        <source>at most {time} left</source>
        <translation>最多还要 {time}</translation>
    </message>
    <message>
        <source>about {time} left</source>
        <translation>约还要 {time}</translation>
    </message>
    <message>
        <source>epoch {number}</source>
        <translation>第 {number} 轮</translation>
    </message>
    <message>
        <source>{count} {count:thread|threads}</source>
        <translation>{count} 个线程</translation>
    </message>
</context>
<context>
    <name>RunOrigins</name>
    <message>
        <source>{steps} steps are done. An epoch now has {each} steps, which see each of {rows} rows once.</source>
        <translation>已训练 {steps} 步；现在每 {each} 步为一轮，一轮中 {rows} 行各看一次。</translation>
    </message>
    <message>
        <source>how many times each training sample has been seen</source>
        <translation>每个训练样本已被看过的次数</translation>
    </message>
    <message>
        <source>mean loss of the test rows</source>
        <translation>测试行的平均损失</translation>
    </message>
    <message>
        <source>mean loss of the training rows</source>
        <translation>训练行的平均损失</translation>
    </message>
    <message>
        <source>The mean over {rows} rows, without penalties or dropout, with the weights after step {step}.</source>
        <translation>第 {step} 步之后的权重在 {rows} 行上的平均值，不含惩罚项，也不做随机失活。</translation>
    </message>
    <message>
        <source>correct rows over all rows</source>
        <translation>正确的行数除以总行数</translation>
    </message>
    <message>
        <source>Measured on {rows} test rows with the weights after step {step}.</source>
        <translation>用第 {step} 步之后的权重在 {rows} 个测试行上测得。</translation>
    </message>
    <message>
        <source>how much of the test targets’ variance is explained</source>
        <translation>测试目标的方差中得到解释的比例</translation>
    </message>
    <message>
        <source>share of the test rows that get the right class</source>
        <translation>测试行中类别正确的比例</translation>
    </message>
</context>
<context>
    <name>RunSentence</name>
    <message>
        <source>Finished.</source>
        <translation>已完成。</translation>
    </message>
    <message>
        <source>Not begun yet.</source>
        <translation>尚未开始。</translation>
    </message>
    <message>
        <source> after {count} {count:epoch|epochs}</source>
        <translation>（{count} 轮之后）</translation>
    </message>
    <message>
        <source>{part} is better than this network: {measure} {value} against {own}; {difference}.</source>
        <translation>{part}比本网络更好：{measure} {value}，本网络为 {own}；{difference}。</translation>
    </message>
    <message>
        <source>{part} is level with this network: {measure} {value} against {own}; {difference}.</source>
        <translation>{part}与本网络不相上下：{measure} {value}，本网络为 {own}；{difference}。</translation>
    </message>
    <message>
        <source>The data is being read.</source>
        <translation>正在读取数据。</translation>
    </message>
    <message>
        <source>Starting: loading the program and the data.</source>
        <translation>正在启动：读取程序与数据。</translation>
    </message>
    <message>
        <source>Paused. Everything learnt is kept, and Resume continues from there.</source>
        <translation>已暂停；学到的都已保存，继续即从那里接着进行。</translation>
    </message>
    <message>
        <source>Training. Its first score comes after the first epoch.</source>
        <translation>正在训练。第一轮之后得出首个得分。</translation>
    </message>
    <message>
        <source>Trained. Fitting simple models for comparison … Pause takes effect after the current one.</source>
        <translation>已训练完。正在拟合简单模型以作评判……当前这个完成后才响应暂停。</translation>
    </message>
    <message>
        <source>Fitting simple models for comparison, once per run … Then training continues. Pause takes effect after the current one.</source>
        <translation>正在拟合简单模型以作比较，每次运行一次……之后继续训练；当前这个完成后才响应暂停。</translation>
    </message>
    <message>
        <source>Stopping as soon as the current simple model is fitted.</source>
        <translation>正在拟合的简单模型一完成就停止。</translation>
    </message>
    <message>
        <source>Stopping after the current batch and writing a checkpoint.</source>
        <translation>在当前批次后停止；正在写检查点。</translation>
    </message>
    <message>
        <source>Its process was ended before the first checkpoint. Resume starts again.</source>
        <translation>它的进程在第一个检查点之前就结束了；继续即重新开始。</translation>
    </message>
    <message>
        <source>Its process was ended from outside. Everything up to epoch {epoch} is kept, and Resume continues from there.</source>
        <translation>它的进程从外部被结束。到第 {epoch} 轮为止都已保存，继续即从那里接着进行。</translation>
    </message>
    <message>
        <source>{measure} {value}{epochs}; simpler models aren&apos;t evaluated yet.</source>
        <translation>{measure} {value}{epochs}；简单模型的数值还没有算出。</translation>
    </message>
    <message>
        <source>Better: {measure} {value}{epochs}, against {rival} of {name} on {rows}; {difference}.</source>
        <translation>更好：{measure} {value}{epochs}，{rows}上{name}为 {rival}；{difference}。</translation>
    </message>
    <message>
        <source>Worse: {measure} {value}{epochs}, against {rival} of {name} on {rows}; {difference}.</source>
        <translation>更差：{measure} {value}{epochs}，{rows}上{name}为 {rival}；{difference}。</translation>
    </message>
    <message>
        <source>Level: {measure} {value}{epochs}, against {rival} of {name} on {rows}; {difference}.</source>
        <translation>持平：{measure} {value}{epochs}，{rows}上{name}为 {rival}；{difference}。</translation>
    </message>
    <message>
        <source>{measure} {value}{epochs}, against {rival} of {name} on {rows}.</source>
        <translation>{measure} {value}{epochs}，{rows}上{name}为 {rival}。</translation>
    </message>
    <message>
        <source>The network is kept as it started, when it recommended what is popular.</source>
        <translation>保留网络的初始状态，即推荐热门内容。</translation>
    </message>
    <message>
        <source>The network is kept as it started.</source>
        <translation>保留网络的初始状态。</translation>
    </message>
    <message>
        <source>{began} The best epoch, {epoch}, has {measure} {value} on the validation rows, against {start} at the start: not better by more than its standard error.</source>
        <translation>{began}最好的一轮（第 {epoch} 轮）在验证行上的{measure}为 {value}，初始为 {start}：提升没有超过其标准误。</translation>
    </message>
    <message>
        <source>The measures disagree: this network is better by {better} ({better_own} against {better_rival} of {better_name}), but worse by {worse} ({worse_own} against {worse_rival} of {worse_name}).</source>
        <translation>两项指标结论相反：按{better}，本网络更好（{better_own}，{better_name}为 {better_rival}）；按{worse}，本网络更差（{worse_own}，{worse_name}为 {worse_rival}）。</translation>
    </message>
    <message>
        <source>difference {difference} (one standard error)</source>
        <translation>相差 {difference}（一个标准误）</translation>
    </message>
    <message>
        <source>difference {difference} points (one standard error)</source>
        <translation>相差 {difference} 个百分点（一个标准误）</translation>
    </message>
    <message>
        <source>± one standard error of the difference, row by row, so what is hard for both cancels out. Level means within two.</source>
        <translation>± 为差值的一个标准误，逐行配对：对两者都难的部分相互抵消。两个标准误以内算持平。</translation>
    </message>
    <message>
        <source>± one standard error of the difference, as if measured on different rows, because rows weren&apos;t paired. Level means within two.</source>
        <translation>± 为差值的一个标准误，按两者在不同的行上测得来算：没有配对比较。两个标准误以内算持平。</translation>
    </message>
    <message>
        <source>{began} The best epoch, {epoch}, has {measure} {value} on the validation rows, against {start} at the start.</source>
        <translation>{began}最好的一轮（第 {epoch} 轮）在验证行上的{measure}为 {value}，初始为 {start}。</translation>
    </message>
    <message>
        <source>the test rows</source>
        <translation>测试行</translation>
    </message>
    <message>
        <source>the validation rows</source>
        <translation>验证行</translation>
    </message>
</context>
<context>
    <name>Runs</name>
    <message>
        <source>Delete run</source>
        <translation>删除运行</translation>
    </message>
    <message>
        <source>Runs, each with what it has learnt</source>
        <translation>各次运行，以及各自学到了什么</translation>
    </message>
    <message>
        <source>Forget run {letter}; undo has it back</source>
        <translation>删去运行 {letter}；撤销可恢复</translation>
    </message>
    <message>
        <source>open, epoch {epoch}</source>
        <translation>当前，第 {epoch} 轮</translation>
    </message>
    <message>
        <source>test loss</source>
        <translation>测试损失</translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>{count} more</source>
        <translation>另有 {count} 项</translation>
    </message>
    <message>
        <source>Test loss after each epoch</source>
        <translation>每轮之后的测试损失</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Losses of the runs</source>
        <translation>各次运行的损失</translation>
    </message>
    <message>
        <source>Epoch {epoch}, test loss {loss}</source>
        <translation>第 {epoch} 轮，测试损失 {loss}</translation>
    </message>
    <message>
        <source>Epoch of run {letter}: drag it to go back through its training</source>
        <translation>运行 {letter} 的轮次：拖动它，即可回看这次训练</translation>
    </message>
    <message>
        <source>run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>began</source>
        <translation>开始于</translation>
    </message>
    <message>
        <source>settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>test accuracy</source>
        <translation>测试准确率</translation>
    </message>
    <message>
        <source>From epoch {epoch}</source>
        <translation>从第 {epoch} 轮开始</translation>
    </message>
    <message>
        <source>From the start</source>
        <translation>从头开始</translation>
    </message>
    <message>
        <source>Branch of {letter} at {epoch}</source>
        <translation>{letter} 在第 {epoch} 轮的分支</translation>
    </message>
    <message>
        <source>out of time</source>
        <translation>已到时限</translation>
    </message>
    <message>
        <source>not begun</source>
        <translation>尚未开始</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>running</source>
        <translation>正在运行</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>diverged</source>
        <translation>已发散</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>was killed</source>
        <translation>被结束</translation>
    </message>
    <message>
        <source>Census income</source>
        <translation>人口普查收入</translation>
    </message>
    <message>
        <source>MovieLens small</source>
        <translation>MovieLens small</translation>
    </message>
    <message>
        <source>wide only</source>
        <translation>仅宽</translation>
    </message>
    <message>
        <source>deep only</source>
        <translation>仅深</translation>
    </message>
    <message>
        <source>without the cure</source>
        <translation>无修正</translation>
    </message>
    <message>
        <source>with the cure</source>
        <translation>有修正</translation>
    </message>
    <message>
        <source>no hidden layer</source>
        <translation>无隐藏层</translation>
    </message>
    <message>
        <source>log loss</source>
        <translation>对数损失</translation>
    </message>
    <message>
        <source>AUC</source>
        <translation>AUC</translation>
    </message>
    <message>
        <source>calibration error</source>
        <translation>校准误差</translation>
    </message>
    <message>
        <source>hit rate</source>
        <translation>命中率</translation>
    </message>
    <message>
        <source>NDCG</source>
        <translation>NDCG</translation>
    </message>
    <message>
        <source>explained</source>
        <translation>解释比例</translation>
    </message>
    <message>
        <source>rank correlation</source>
        <translation>秩相关</translation>
    </message>
    <message>
        <source>Validation rows choose the epoch. Test rows are kept to the end of the run, only for its verdict; no run ever learns from them.</source>
        <translation>验证行：用来选择轮次。测试行：留到运行结束，只用于评判，任何运行都不会从中学习。</translation>
    </message>
</context>
<context>
    <name>RunsModel</name>
    <message>
        <source>run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>measure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>this run</source>
        <translation>本次运行</translation>
    </message>
    <message>
        <source>best simple model</source>
        <translation>最好的简单模型</translation>
    </message>
    <message>
        <source>worse → better</source>
        <translation>更差 → 更好</translation>
    </message>
    <message>
        <source>The ring is the simple model, the dot this run; the ends are 20 % worse and 20 % better. Level: the difference is within two standard errors, which the pale band shows.</source>
        <translation>圆环是简单模型，圆点是本次训练；两端分别为差 20 % 和好 20 %。相当：差异在两个标准误差以内，即浅色带所示的范围。</translation>
    </message>
    <message>
        <source>time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>F2 renames it</source>
        <translation>F2 可改名</translation>
    </message>
    <message>
        <source>On the test rows; on the validation rows until it&apos;s done</source>
        <translation>在测试行上；未完成时在验证行上</translation>
    </message>
    <message>
        <source>The best of the compared models, on the same rows</source>
        <translation>比较对象中最好的，在同样的行上</translation>
    </message>
    <message>
        <source>Time spent, without pauses</source>
        <translation>处理所用时间，不含暂停</translation>
    </message>
    <message>
        <source>state</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>{figure} · test</source>
        <translation>{figure} · 测试</translation>
    </message>
    <message>
        <source>{figure} · validation</source>
        <translation>{figure} · 验证</translation>
    </message>
    <message>
        <source>not compared</source>
        <translation>未比较</translation>
    </message>
    <message>
        <source>not yet compared</source>
        <translation>尚未比较</translation>
    </message>
    <message>
        <source>mixed</source>
        <translation>好坏不一</translation>
    </message>
    <message>
        <source>better</source>
        <translation>更好</translation>
    </message>
    <message>
        <source>level</source>
        <translation>持平</translation>
    </message>
    <message>
        <source>worse</source>
        <translation>更差</translation>
    </message>
    <message>
        <source>On the test rows</source>
        <translation>在测试行上</translation>
    </message>
    <message>
        <source>On the validation rows, so far</source>
        <translation>在验证行上，到目前为止</translation>
    </message>
</context>
<context>
    <name>RunsPane</name>
    <message>
        <source>Whenever a training takes the place of another, that one is kept here. A click goes on with it. Drag the epoch back and change one thing: that begins a branch.</source>
        <translation>一次训练被另一次取代时，会保留在这里。点击即可从它继续。把轮次往回拖，再改动一处，就开始一个分支。</translation>
    </message>
    <message>
        <source>Losses of the runs</source>
        <translation>各次运行的损失</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
</context>
<context>
    <name>RunsView</name>
    <message>
        <source>Earlier runs</source>
        <translation>先前的运行</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>改名</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Delete the run “{name}”?</source>
        <translation>删除运行“{name}”？</translation>
    </message>
    <message>
        <source>Its checkpoint and curves are deleted too. This can&apos;t be undone.</source>
        <translation>它的检查点与曲线一并删除，无法恢复。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>SampleCard</name>
    <message>
        <source>Play its pass</source>
        <translation>播放它的传播</translation>
    </message>
    <message>
        <source>Follow this sample forward to its loss, and the error signal back</source>
        <translation>跟随这个样本前向到损失，再跟随误差信号反向</translation>
    </message>
    <message>
        <source>Sample {row}</source>
        <translation>样本 {row}</translation>
    </message>
    <message>
        <source>The ringed point in the picture. Click another one to see it</source>
        <translation>图中带圈的点。点击另一个点即可查看</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>以及另外 {count} 个</translation>
    </message>
    <message>
        <source>output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>✓ right</source>
        <translation>✓ 正确</translation>
    </message>
    <message>
        <source>✕ wrong</source>
        <translation>✕ 错误</translation>
    </message>
    <message>
        <source>standardised {arithmetic}</source>
        <translation>标准化后 {arithmetic}</translation>
    </message>
    <message>
        <source>loss, standardised {arithmetic}</source>
        <translation>损失（标准化后）{arithmetic}</translation>
    </message>
    <message>
        <source>loss {arithmetic}</source>
        <translation>损失 {arithmetic}</translation>
    </message>
</context>
<context>
    <name>SampleDialog</name>
    <message>
        <source>Play a pass</source>
        <translation>播放传播过程</translation>
    </message>
    <message>
        <source>Number of the sample</source>
        <translation>样本编号</translation>
    </message>
    <message>
        <source>Samples are counted from 0, in the order of the data set</source>
        <translation>样本从 0 开始编号，与数据集中的一致</translation>
    </message>
    <message>
        <source>&amp;Play</source>
        <translation>播放(&amp;P)</translation>
    </message>
    <message>
        <source>Follow this sample forward to the loss and back</source>
        <translation>跟随这个样本前向直到损失，再返回</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>&amp;Sample</source>
        <translation>样本(&amp;S)</translation>
    </message>
    <message>
        <source>{values}, class {name}</source>
        <translation>{values}，类别 {name}</translation>
    </message>
</context>
<context>
    <name>SamplingPanel</name>
    <message>
        <source>Full softmax</source>
        <translation>完整 softmax</translation>
    </message>
    <message>
        <source>Every item is scored in every step</source>
        <translation>每一步给每个物品打分</translation>
    </message>
    <message>
        <source>Sampled</source>
        <translation>采样</translation>
    </message>
    <message>
        <source>Some other items are scored in every step, each less log Q, the logarithm of how often it is drawn</source>
        <translation>每一步给部分其他物品打分，各减去 log Q，即其抽取频率的对数</translation>
    </message>
    <message>
        <source>Without log Q</source>
        <translation>不用 log Q</translation>
    </message>
    <message>
        <source>Sampled, not corrected for how often an item is drawn, so popular items are pushed down</source>
        <translation>采样，但不校正物品的抽取频率：热门的物品会被压低</translation>
    </message>
    <message>
        <source>Number of other items to contrast in each step</source>
        <translation>每一步与多少个其他物品对照学习</translation>
    </message>
    <message>
        <source>How negatives are drawn: by how often they are watched, or uniformly</source>
        <translation>负样本怎样抽取：按被观看的频率，或机会均等</translation>
    </message>
    <message>
        <source>Drawn uniformly, every item has the same log Q, so leaving it out changes nothing.</source>
        <translation>均匀抽取时，每个物品的 log Q 都相同：去掉它没有影响。</translation>
    </message>
    <message>
        <source>Negatives</source>
        <translation>负样本</translation>
    </message>
    <message>
        <source>Drawn by</source>
        <translation>抽取方式</translation>
    </message>
    <message>
        <source>Change drawing</source>
        <translation>改变抽取方式</translation>
    </message>
    <message>
        <source>Each step scores all {items} items.</source>
        <translation>每一步给全部 {items} 个物品打分。</translation>
    </message>
    <message>
        <source>Each example scores its own item and {drawn} draws from the {items} items.</source>
        <translation>每个样本给自己的物品和从 {items} 个物品中抽取的 {drawn} 次打分。</translation>
    </message>
    <message>
        <source>Change sampling</source>
        <translation>改变采样方式</translation>
    </message>
    <message>
        <source>Change negatives</source>
        <translation>改变负样本数</translation>
    </message>
</context>
<context>
    <name>Saving</name>
    <message>
        <source>“{name}” has changed on disk since it was opened or saved here.</source>
        <translation>“{name}”在此打开或保存之后，磁盘上的文件已被改动。</translation>
    </message>
    <message>
        <source>Overwriting it loses those changes.</source>
        <translation>覆盖会丢失那里的改动。</translation>
    </message>
    <message>
        <source>&amp;Overwrite</source>
        <translation>覆盖(&amp;O)</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Saving “{name}” as soon as your last edit has been applied …</source>
        <translation>训练接收最近一次编辑后，将立即保存“{name}”……</translation>
    </message>
</context>
<context>
    <name>ScalarGraph</name>
    <message>
        <source>seed</source>
        <translation>起始梯度</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>尚无</translation>
    </message>
</context>
<context>
    <name>ScalarGraphPage</name>
    <message>
        <source>Select two or more operations, with Shift or a frame, to collapse them.</source>
        <translation>按住 Shift 点选或用框选，选择两个或更多运算来折叠。</translation>
    </message>
    <message>
        <source>Expression</source>
        <translation>表达式</translation>
    </message>
    <message>
        <source>Click a node</source>
        <translation>点击节点</translation>
    </message>
    <message>
        <source>Explain it; a leaf&apos;s value is typed</source>
        <translation>讲解这个节点；叶子可以直接输入数值</translation>
    </message>
    <message>
        <source>Drag a leaf sideways</source>
        <translation>左右拖动叶节点</translation>
    </message>
    <message>
        <source>Change its value</source>
        <translation>改变它的值</translation>
    </message>
    <message>
        <source>Click a number of the graph</source>
        <translation>点击图中的数字</translation>
    </message>
    <message>
        <source>Where it comes from</source>
        <translation>查看它的来源</translation>
    </message>
    <message>
        <source>Drag on empty canvas</source>
        <translation>在空白处拖动</translation>
    </message>
    <message>
        <source>Select nodes; with Shift or Ctrl, add to the selection</source>
        <translation>框选节点；按住 Shift 或 Ctrl 则追加</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>滚轮</translation>
    </message>
    <message>
        <source>Pan; with Ctrl, zoom</source>
        <translation>平移；按住 Ctrl 缩放</translation>
    </message>
    <message>
        <source>{nodes} nodes, 1 leaf</source>
        <translation>{nodes} 个节点，1 个叶节点</translation>
    </message>
    <message>
        <source>{nodes} nodes, {leaves} leaves</source>
        <translation>{nodes} 个节点，{leaves} 个叶节点</translation>
    </message>
    <message>
        <source>1 node, {leaves} leaves</source>
        <translation>1 个节点，{leaves} 个叶节点</translation>
    </message>
    <message>
        <source>1 node, 1 leaf</source>
        <translation>1 个节点，1 个叶节点</translation>
    </message>
    <message>
        <source>{found}; {shown} shown</source>
        <translation>{found}；显示 {shown} 个</translation>
    </message>
    <message>
        <source>showing the last one that could be read</source>
        <translation>显示的是上一个能解析的表达式</translation>
    </message>
    <message>
        <source>Rename variables</source>
        <translation>重命名变量</translation>
    </message>
    <message>
        <source>There is no collapsed node to open.</source>
        <translation>没有可展开的折叠节点。</translation>
    </message>
</context>
<context>
    <name>ScalarRequest</name>
    <message>
        <source>{network}, row {row}, epoch {epoch}</source>
        <translation>{network}，第 {row} 行，第 {epoch} 轮</translation>
    </message>
    <message>
        <source>{block}, unit {unit}, row {row}, epoch {epoch}</source>
        <translation>{block}，单元 {unit}，第 {row} 行，第 {epoch} 轮</translation>
    </message>
</context>
<context>
    <name>ScatterPlot</name>
    <message>
        <source>{count} impressions; arrow keys go from one to the next</source>
        <translation>{count} 次展示；方向键从一次到下一次</translation>
    </message>
    <message>
        <source>predicted seconds</source>
        <translation>预测秒数</translation>
    </message>
    <message>
        <source>true seconds</source>
        <translation>真实秒数</translation>
    </message>
    <message>
        <source>One point per impression; right of the diagonal the prediction is too long.</source>
        <translation>每次展示一个点：在对角线右侧，预期的观看时长过长。</translation>
    </message>
    <message>
        <source>Each point is an impression: click one to see its sum. Rings are means of ten equally large groups.</source>
        <translation>每个点是一次展示：点击可看它的求和。圆圈是十个等量组的均值。</translation>
    </message>
    <message>
        <source>{title}, shown to {user}: predicted {predicted} s, actually {true} s</source>
        <translation>{title}，向 {user} 展示：预测 {predicted} 秒，真实 {true} 秒</translation>
    </message>
    <message>
        <source>Ten equally full bins. On the line: as predicted; right of it: too long</source>
        <translation>分为十个同样多的区间；落在线上即与预测相符，在线右侧即预测过长</translation>
    </message>
    <message>
        <source>{count} {count:impression|impressions}</source>
        <translation>{count} 次展示</translation>
    </message>
    <message>
        <source>{rows}: predicted {predicted} s, actually {true} s</source>
        <translation>{rows}：预测 {predicted} 秒，真实 {true} 秒</translation>
    </message>
</context>
<context>
    <name>Scrubber</name>
    <message>
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>{at} of {length} steps done</source>
        <translation>已完成 {length} 步中的 {at} 步</translation>
    </message>
    <message>
        <source>{name} {first} to {last}</source>
        <translation>{name} {first} 到 {last}</translation>
    </message>
</context>
<context>
    <name>SearchChips</name>
    <message>
        <source>Remove the search {text}</source>
        <translation>移除搜索 {text}</translation>
    </message>
    <message>
        <source>Searched: {text}. Press to remove it</source>
        <translation>搜索过：{text}。按下可移除</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Empty the field</source>
        <translation>清空此栏</translation>
    </message>
</context>
<context>
    <name>SearchedDialog</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Show only entries that contain this text</source>
        <translation>只显示包含这些文字的条目</translation>
    </message>
</context>
<context>
    <name>SectionHeading</name>
    <message>
        <source>Fold or unfold this section</source>
        <translation>折叠或展开此栏</translation>
    </message>
</context>
<context>
    <name>Sections</name>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>What it learns from, where the split is, and what may harm</source>
        <translation>它从什么学习、划分落在哪里、有什么妨碍</translation>
    </message>
    <message>
        <source>Explain a row</source>
        <translation>解释一行</translation>
    </message>
    <message>
        <source>Why a row has its probability, and what would change it</source>
        <translation>一行为何有这个概率，什么会改变它</translation>
    </message>
    <message>
        <source>Follow a user</source>
        <translation>跟随一位用户</translation>
    </message>
    <message>
        <source>What it recommends to a user, stage by stage, and why</source>
        <translation>它分阶段向某人推荐什么，以及为什么</translation>
    </message>
    <message>
        <source>Its network, to change and train again</source>
        <translation>它的网络，可修改并重新训练</translation>
    </message>
    <message>
        <source>How it learns, compared with simpler models</source>
        <translation>它如何学习，与简单模型并列</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Expected time</source>
        <translation>预期时长</translation>
    </message>
    <message>
        <source>How long impressions are expected to be watched, and why</source>
        <translation>各次展示预期被观看多久，以及为什么</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
</context>
<context>
    <name>SettingsBars</name>
    <message>
        <source>Each cell is a setting; click one to use it</source>
        <translation>每一格是一种设置；点击即可采用</translation>
    </message>
    <message>
        <source>{solved} of {count} settings get the whole table right</source>
        <translation>{count} 种设置中，{solved} 种能实现整张真值表</translation>
    </message>
    <message>
        <source>Every combination of weights and bias from −{high} to {high} in steps of {step}.</source>
        <translation>从 −{high} 到 {high}、步长 {step} 的全部权重与偏置组合。</translation>
    </message>
    <message>
        <source>The map shows all of them.</source>
        <translation>图中显示了全部设置。</translation>
    </message>
    <message>
        <source>The arrow points to your setting, which lies beyond the map.</source>
        <translation>箭头指向你的设置，它在图的范围之外。</translation>
    </message>
    <message>
        <source>The map is the slice at b = {bias}: move b to leaf through them.</source>
        <translation>图为 b = {bias} 处的切面：移动 b 可逐层翻看。</translation>
    </message>
    <message>
        <source>The map is the slice at w₃ = {weight}, b = {bias}: move them to leaf through.</source>
        <translation>图为 w₃ = {weight}、b = {bias} 处的切面：移动它们可逐层翻看。</translation>
    </message>
    <message>
        <source>{rows} of {total}</source>
        <translation>{rows}/{total}</translation>
    </message>
</context>
<context>
    <name>ShareControl</name>
    <message>
        <source>The share of edges drawn, strongest |w| first. Drawing all takes longer.</source>
        <translation>画出多大比例的连接，|w| 最大的优先。全部画出会慢一些。</translation>
    </message>
    <message>
        <source>Share of edges drawn, in per cent</source>
        <translation>画出连接的百分比</translation>
    </message>
    <message>
        <source>All {count} edges are drawn</source>
        <translation>全部 {count} 条连接都已画出</translation>
    </message>
    <message>
        <source>The strongest {percent} % of {count} edges are drawn</source>
        <translation>已画出 {count} 条连接中最强的 {percent} %</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Recover</source>
        <translation>恢复</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keys and mouse</source>
        <translation>键盘与鼠标</translation>
    </message>
    <message>
        <source>Search shortcuts</source>
        <translation>搜索快捷键</translation>
    </message>
    <message>
        <source>The shortcuts, menu by menu</source>
        <translation>按菜单列出的快捷键</translation>
    </message>
    <message>
        <source>Click a number</source>
        <translation>点击数字</translation>
    </message>
    <message>
        <source>Type a new one; a second click places the caret</source>
        <translation>输入新的数；再次点击放置光标</translation>
    </message>
    <message>
        <source>Drag a number or its name sideways</source>
        <translation>左右拖动数字或其名称</translation>
    </message>
    <message>
        <source>Change it; Shift is finer, Ctrl coarser</source>
        <translation>改变它；按住 Shift 更细，按住 Ctrl 更粗</translation>
    </message>
    <message>
        <source>Hover over anything</source>
        <translation>鼠标停在任意处</translation>
    </message>
    <message>
        <source>Its explanation and shortcut</source>
        <translation>说明它是什么及其快捷键</translation>
    </message>
    <message>
        <source>Right click a plot</source>
        <translation>右键点击图表</translation>
    </message>
    <message>
        <source>Copy it or save it, as a picture or as numbers</source>
        <translation>复制或保存为图片或数值</translation>
    </message>
    <message>
        <source>Mouse</source>
        <translation>鼠标</translation>
    </message>
</context>
<context>
    <name>ShownList</name>
    <message>
        <source>held out</source>
        <translation>留出</translation>
    </message>
    <message>
        <source>watched next</source>
        <translation>接下来看的</translation>
    </message>
    <message>
        <source>items, by v·u</source>
        <translation>件物品，按 v·u</translation>
    </message>
    <message>
        <source>fetched as nearest</source>
        <translation>件最近的被取回</translation>
    </message>
    <message>
        <source>by watch time</source>
        <translation>件按观看时长</translation>
    </message>
    <message>
        <source>shown, the nearest</source>
        <translation>件最近的被展示</translation>
    </message>
    <message>
        <source>Of {catalogue} items, the {candidates} that score {least} or more are candidates; {shown} are shown.</source>
        <translation>{catalogue} 个物品中得分不低于 {least} 的 {candidates} 个是候选；展示 {shown} 个。</translation>
    </message>
    <message>
        <source>{ms} ms</source>
        <translation>{ms} 毫秒</translation>
    </message>
    <message>
        <source>{place}. {title}, score {score}</source>
        <translation>{place}. {title}，得分 {score}</translation>
    </message>
    <message>
        <source>{mark}, missed</source>
        <translation>{mark}，已错过</translation>
    </message>
    <message>
        <source>{rank} by v·u</source>
        <translation>按 v·u 第 {rank}</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>expected watch time</source>
        <translation>预期观看时长</translation>
    </message>
    <message>
        <source>score v·u</source>
        <translation>得分 v·u</translation>
    </message>
    <message>
        <source>place</source>
        <translation>名次</translation>
    </message>
    <message>
        <source>item</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>fetched as</source>
        <translation>取回名次</translation>
    </message>
    <message>
        <source>What is shown, best first</source>
        <translation>展示的内容，最好在前</translation>
    </message>
</context>
<context>
    <name>Side</name>
    <message>
        <source>Where the number comes from</source>
        <translation>这个数从哪里来</translation>
    </message>
</context>
<context>
    <name>SlopeGuesses</name>
    <message>
        <source>Nothing to guess: compare an activation first.</source>
        <translation>没有可猜的：请先选一个激活函数参与比较。</translation>
    </message>
    <message>
        <source>Nothing to guess here: no function has one slope at this x; move the cursor.</source>
        <translation>这里没有可猜的：在这个 x 处没有哪个函数只有一个斜率；请移动游标。</translation>
    </message>
    <message>
        <source>The curve of f rises there.</source>
        <translation>f 的曲线在那里上升。</translation>
    </message>
    <message>
        <source>The curve of f falls there.</source>
        <translation>f 的曲线在那里下降。</translation>
    </message>
    <message>
        <source>Look at how steep the curve of f is where the line crosses it.</source>
        <translation>看 f 的曲线与竖线相交处有多陡。</translation>
    </message>
    <message>
        <source>At x = {x}: is the slope of {function} larger or smaller in size than that of {other}?</source>
        <translation>x = {x} 处：{function} 的斜率，绝对值比 {other} 的大还是小？</translation>
    </message>
    <message>
        <source>At x = {x}: what sign does the slope of {function} have?</source>
        <translation>x = {x} 处：{function} 的斜率是什么符号？</translation>
    </message>
    <message>
        <source>Around there, as x grows by {step}, f goes from {low} to {high}.</source>
        <translation>x 在此处附近增加 {step} 时，f 从 {low} 变到 {high}。</translation>
    </message>
    <message>
        <source>At x = {x}: what is the slope of {function}?</source>
        <translation>x = {x} 处：{function} 的斜率是多少？</translation>
    </message>
</context>
<context>
    <name>SourceNote</name>
    <message>
        <source>Take its current weights</source>
        <translation>取用它现在的权重</translation>
    </message>
    <message>
        <source>The same sample with the network&apos;s current weights; Undo restores these</source>
        <translation>同一个样本，采用网络现在的权重；撤销可恢复现有的权重</translation>
    </message>
    <message>
        <source>The playground&apos;s network after epoch {epoch}, row {row}.</source>
        <translation>游乐场的网络，第 {epoch} 轮之后，第 {row} 行。</translation>
    </message>
    <message>
        <source>A neuron of the playground&apos;s network after epoch {epoch}, row {row}.</source>
        <translation>游乐场网络的一个神经元，第 {epoch} 轮之后，第 {row} 行。</translation>
    </message>
    <message>
        <source>Some of its numbers were changed here.</source>
        <translation>其中有些数已在这里改动。</translation>
    </message>
    <message>
        <source>Another network is now open there.</source>
        <translation>那里现在打开的是另一个网络。</translation>
    </message>
    <message>
        <source>It has moved on: epoch {epoch}.</source>
        <translation>它已继续训练：第 {epoch} 轮。</translation>
    </message>
</context>
<context>
    <name>Speed</name>
    <message>
        <source>{count} ep/s</source>
        <translation>{count} 轮/秒</translation>
    </message>
    <message>
        <source>{count} steps/s</source>
        <translation>{count} 步/秒</translation>
    </message>
    <message>
        <source>1 step/s</source>
        <translation>1 步/秒</translation>
    </message>
    <message>
        <source>{count} epochs/s</source>
        <translation>{count} 轮/秒</translation>
    </message>
    <message>
        <source>1 epoch/s</source>
        <translation>1 轮/秒</translation>
    </message>
    <message>
        <source>full speed</source>
        <translation>全速</translation>
    </message>
</context>
<context>
    <name>StageCells</name>
    <message>
        <source>Stages of the pass</source>
        <translation>传播的各阶段</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>前向</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Backward</source>
        <translation>反向</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>Layer by layer: z = W a + b, then a = f(z)</source>
        <translation>逐层计算：z = W a + b，然后 a = f(z)</translation>
    </message>
    <message>
        <source>How far the output is from the target</source>
        <translation>输出与目标相差多少</translation>
    </message>
    <message>
        <source>From the loss back to every weight: δ and ∂L/∂W</source>
        <translation>从损失回到每个权重：δ 和 ∂L/∂W</translation>
    </message>
    <message>
        <source>What the optimiser changes in every weight and bias</source>
        <translation>优化器对每个权重和偏置的改动</translation>
    </message>
</context>
<context>
    <name>StageView</name>
    <message>
        <source>A nerve cell and the unit that models it</source>
        <translation>神经细胞，以及模仿它的单元</translation>
    </message>
    <message>
        <source>hover over a part to light up its counterpart</source>
        <translation>把指针停在一个部分上：对应的部分会亮起</translation>
    </message>
    <message>
        <source>The unit</source>
        <translation>单元</translation>
    </message>
    <message>
        <source>A nerve cell</source>
        <translation>神经细胞</translation>
    </message>
    <message>
        <source>The unit that models it</source>
        <translation>模仿它的单元</translation>
    </message>
</context>
<context>
    <name>StepsModel</name>
    <message>
        <source>step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>right</source>
        <translation>对</translation>
    </message>
    <message>
        <source>The output in this row before the step and after it</source>
        <translation>这一行在该步之前和之后的输出</translation>
    </message>
</context>
<context>
    <name>StepsTable</name>
    <message>
        <source>Steps of learning</source>
        <translation>学习的步骤</translation>
    </message>
    <message>
        <source>Click a step to go to it</source>
        <translation>点击一步，可退回或前进到该步</translation>
    </message>
</context>
<context>
    <name>StopAfterDialog</name>
    <message>
        <source>Stop after</source>
        <translation>到时停止</translation>
    </message>
    <message>
        <source>&amp;Pause automatically after</source>
        <translation>自动暂停于(&amp;P)</translation>
    </message>
    <message>
        <source>Without a limit, training goes on until you pause it</source>
        <translation>不设上限时，训练一直进行到你暂停为止</translation>
    </message>
    <message>
        <source>Counted from the start of the run</source>
        <translation>从本次运行开始算起</translation>
    </message>
    <message>
        <source>Epochs to stop after</source>
        <translation>到多少轮停止</translation>
    </message>
    <message>
        <source>&amp;epochs</source>
        <translation>轮(&amp;E)</translation>
    </message>
    <message>
        <source>The same number of epochs makes two runs comparable.</source>
        <translation>轮次相同，两次运行才好比较。</translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message>
        <source>Under the networks</source>
        <translation>网络下方</translation>
    </message>
    <message>
        <source>Of network {letter}</source>
        <translation>网络 {letter}</translation>
    </message>
    <message>
        <source>While training</source>
        <translation>训练期间</translation>
    </message>
    <message>
        <source>Layer by layer</source>
        <translation>逐层</translation>
    </message>
    <message>
        <source>signal</source>
        <translation>信号</translation>
    </message>
    <message>
        <source>What arrives at layer 1 before the first step</source>
        <translation>训练一步之前传到第 1 层的信号</translation>
    </message>
    <message>
        <source>The loss after some steps: where training works</source>
        <translation>若干步之后的损失：哪里能训练起来</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Depth × scale</source>
        <translation>深度 × 尺度</translation>
    </message>
    <message>
        <source>The experiment as an outline</source>
        <translation>实验的大纲</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>大纲</translation>
    </message>
    <message>
        <source>What would cure it?</source>
        <translation>怎样才能治好？</translation>
    </message>
</context>
<context>
    <name>SumCard</name>
    <message>
        <source>One impression</source>
        <translation>一次展示</translation>
    </message>
    <message>
        <source>longest expected first</source>
        <translation>预期最长在前</translation>
    </message>
    <message>
        <source>most too long first</source>
        <translation>高估最多在前</translation>
    </message>
    <message>
        <source>most too short first</source>
        <translation>低估最多在前</translation>
    </message>
    <message>
        <source>clicked ones, longest expected first</source>
        <translation>点击过的，预期最长在前</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>顺序</translation>
    </message>
    <message>
        <source>The impressions that the arrows step through</source>
        <translation>箭头依次浏览哪些展示</translation>
    </message>
    <message>
        <source>The impression before (Page Up)</source>
        <translation>上一次展示（Page Up）</translation>
    </message>
    <message>
        <source>The impression after (Page Down)</source>
        <translation>下一次展示（Page Down）</translation>
    </message>
    <message>
        <source>{place} of {count}</source>
        <translation>第 {place} / {count}</translation>
    </message>
    <message>
        <source>from the picture</source>
        <translation>从图中选取</translation>
    </message>
    <message>
        <source>{user}, row {row}</source>
        <translation>{user}，第 {row} 行</translation>
    </message>
</context>
<context>
    <name>SumLine</name>
    <message>
        <source>Drag a weight or the bias; click a number to see where it comes from</source>
        <translation>拖动权重或偏置；点击一个数，可看它从哪里来</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>尚无</translation>
    </message>
    <message>
        <source>the sum is not there yet</source>
        <translation>和尚未算出</translation>
    </message>
    <message>
        <source>is z at least 0?</source>
        <translation>z 是否至少为 0？</translation>
    </message>
    <message>
        <source>fires, since {z} ≥ 0</source>
        <translation>激活，因为 {z} ≥ 0</translation>
    </message>
    <message>
        <source>silent, since {z} &lt; 0</source>
        <translation>不激活，因为 {z} &lt; 0</translation>
    </message>
    <message>
        <source>and the target is {target}</source>
        <translation>目标也为 {target}</translation>
    </message>
    <message>
        <source>but the target is {target}</source>
        <translation>而目标为 {target}</translation>
    </message>
</context>
<context>
    <name>SumView</name>
    <message>
        <source>Pick an impression: a point of the picture, or the arrows above.</source>
        <translation>选择一次展示：点图中的点，或用上面的箭头。</translation>
    </message>
    <message>
        <source>Products of the last layer, the largest first</source>
        <translation>最后一层的乘积，最大在前</translation>
    </message>
    <message>
        <source>x</source>
        <translation>x</translation>
    </message>
    <message>
        <source>{count} products Wₖ·xₖ · largest first</source>
        <translation>{count} 个乘积 Wₖ·xₖ · 最大在前</translation>
    </message>
    <message>
        <source>{sum} from {count}</source>
        <translation>{count} 个共 {sum}</translation>
    </message>
    <message>
        <source>input {number} of the last layer, times its weight: {part}</source>
        <translation>最后一层的输入 {number} 乘以其权重：{part}</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>not clicked</source>
        <translation>未点击</translation>
    </message>
    <message>
        <source>clicked and watched</source>
        <translation>点击并观看</translation>
    </message>
    <message>
        <source>Its quantile among the training impressions, from 0 to 1</source>
        <translation>它在训练用的展示中的位置，从 0 到 1</translation>
    </message>
    <message>
        <source>x̃ is the quantile of x among the training impressions. Its square and root make nonlinear functions easier to learn.</source>
        <translation>x̃ 是 x 在训练用的展示中的位置。旁边加上它的平方与平方根，网络更容易弯折。</translation>
    </message>
    <message>
        <source>x is the output of the tower {tower} for everything on the left</source>
        <translation>x 是塔 {tower} 由左侧全部内容得出的结果</translation>
    </message>
    <message>
        <source>x is everything on the left, with embeddings looked up for ids</source>
        <translation>x 是左侧的全部内容，有名称的取查得的向量</translation>
    </message>
    <message>
        <source>Wx + b</source>
        <translation>Wx + b</translation>
    </message>
    <message>
        <source>expected</source>
        <translation>预期</translation>
    </message>
    <message>
        <source>{unit} s · e&lt;sup&gt;{z}&lt;/sup&gt;</source>
        <translation>{unit} 秒 · e&lt;sup&gt;{z}&lt;/sup&gt;</translation>
    </message>
    <message>
        <source>in truth</source>
        <translation>真值</translation>
    </message>
    <message>
        <source>{rate} % clicked · {seconds} s if so</source>
        <translation>{rate} % 点击 · 点击后 {seconds} 秒</translation>
    </message>
    <message>
        <source>this time</source>
        <translation>这一次</translation>
    </message>
    <message>
        <source>The positive products, the negative ones and the bias</source>
        <translation>正的乘积、负的乘积与偏置</translation>
    </message>
    <message>
        <source>The unit: how many seconds weigh as much as one negative; the odds e^(Wx+b) are in this unit</source>
        <translation>单位：多少秒的权重与一个负样本相当；几率 e^(Wx+b) 以它计数</translation>
    </message>
    <message>
        <source>What actually happened: one draw from the true model</source>
        <translation>实际结果：按真值抽取的一次</translation>
    </message>
    <message>
        <source>What the generated site draws clicks and watch times from</source>
        <translation>生成的网站据此抽取点击与观看时长</translation>
    </message>
</context>
<context>
    <name>TableCard</name>
    <message>
        <source>Choose a file; the import sheet shows what is in it before anything changes</source>
        <translation>选择文件；导入窗口会先显示其中的内容，之后才做改动</translation>
    </message>
    <message>
        <source>CSV or Parquet</source>
        <translation>CSV 或 Parquet</translation>
    </message>
</context>
<context>
    <name>TableTile</name>
    <message>
        <source>Own</source>
        <translation>自定义</translation>
    </message>
</context>
<context>
    <name>TableView</name>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>First rows</source>
        <translation>前几行</translation>
    </message>
    <message>
        <source>These data</source>
        <translation>这份数据</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>rows that are a yes</source>
        <translation>为是的行</translation>
    </message>
    <message>
        <source>Those that have the label</source>
        <translation>有该标签的行</translation>
    </message>
    <message>
        <source>share of yes</source>
        <translation>是的比例</translation>
    </message>
    <message>
        <source>to train on</source>
        <translation>用于训练</translation>
    </message>
    <message>
        <source>to measure on</source>
        <translation>用于衡量</translation>
    </message>
    <message>
        <source>holds</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>different values</source>
        <translation>不同值</translation>
    </message>
    <message>
        <source>from … to</source>
        <translation>从 … 到</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>No problems found in this data.</source>
        <translation>这份数据没有任何妨碍。</translation>
    </message>
    <message>
        <source>value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>To be known</source>
        <translation>须知</translation>
    </message>
    <message>
        <source>stronger: rows that are a yes</source>
        <translation>较浓：为是的行</translation>
    </message>
    <message>
        <source>The share that is right when always guessing yes</source>
        <translation>对每一行都猜是的人猜对的比例</translation>
    </message>
    <message>
        <source>Randomly drawn rows that the network learns from</source>
        <translation>随机抽取的行，网络从中学习</translation>
    </message>
    <message>
        <source>Rows never seen in training, nor when choosing its end</source>
        <translation>训练及其结束都没有见过的行</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} 到 {high}</translation>
    </message>
</context>
<context>
    <name>Textbook</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Next factor</source>
        <translation>下一个因子</translation>
    </message>
    <message>
        <source>feature</source>
        <translation>特征</translation>
    </message>
    <message>
        <source>its value x</source>
        <translation>它的值 x</translation>
    </message>
    <message>
        <source>in the cross, c</source>
        <translation>在交叉中，c</translation>
    </message>
    <message>
        <source>Feature {number} is in the cross</source>
        <translation>特征 {number} 在交叉中</translation>
    </message>
    <message>
        <source>Whether this feature is in the cross: c = 1, else c = 0 and the factor is 1</source>
        <translation>此特征是否在交叉中：c = 1，否则 c = 0，因子为 1</translation>
    </message>
    <message>
        <source>Remove the last factor</source>
        <translation>去掉最后一个因子</translation>
    </message>
    <message>
        <source>Multiply by the next factor</source>
        <translation>乘以下一个因子</translation>
    </message>
    <message>
        <source>The textbook&apos;s example</source>
        <translation>教科书的例子</translation>
    </message>
    <message>
        <source>From the start</source>
        <translation>从头开始</translation>
    </message>
</context>
<context>
    <name>Theme</name>
    <message>
        <source>blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>orange</source>
        <translation>橙色</translation>
    </message>
    <message>
        <source>green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>amber</source>
        <translation>琥珀色</translation>
    </message>
    <message>
        <source>red</source>
        <translation>红色</translation>
    </message>
</context>
<context>
    <name>TileBoard</name>
    <message>
        <source>Activations to compare</source>
        <translation>可供比较的激活函数</translation>
    </message>
</context>
<context>
    <name>TimelineCard</name>
    <message>
        <source>Pass player</source>
        <translation>传播播放器</translation>
    </message>
    <message>
        <source>How fast the pass plays</source>
        <translation>传播播放的快慢</translation>
    </message>
    <message>
        <source>Speed of the pass</source>
        <translation>传播速度</translation>
    </message>
    <message>
        <source>Close the pass; the canvas shows only the network again</source>
        <translation>收起传播；画布上只显示网络</translation>
    </message>
    <message>
        <source>One sample, or the next step&apos;s mini-batch with the update it makes</source>
        <translation>一个样本，或下一步将使用的小批量及其带来的更新</translation>
    </message>
    <message>
        <source>What goes through the network</source>
        <translation>穿过网络的是什么</translation>
    </message>
    <message>
        <source>1 sample</source>
        <translation>1 个样本</translation>
    </message>
    <message>
        <source>1 mini-batch</source>
        <translation>1 个小批量</translation>
    </message>
    <message>
        <source>Predict first</source>
        <translation>先预测</translation>
    </message>
    <message>
        <source>The stage in detail</source>
        <translation>该阶段的演算</translation>
    </message>
    <message>
        <source>Predict</source>
        <translation>先预测</translation>
    </message>
    <message>
        <source>Hide the next number and guess it first. Switching it off forgets your answers</source>
        <translation>隐藏下一个数，先猜一猜；关闭后，作答记录会清除</translation>
    </message>
    <message>
        <source>1 batch</source>
        <translation>1 批</translation>
    </message>
</context>
<context>
    <name>TitleField</name>
    <message>
        <source>Name of the block</source>
        <translation>模块名称</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Every command, by menu (F10)</source>
        <translation>按菜单列出的所有命令（F10）</translation>
    </message>
    <message>
        <source>no file yet</source>
        <translation>尚无文件</translation>
    </message>
    <message>
        <source>unsaved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>saved</source>
        <translation>已保存</translation>
    </message>
</context>
<context>
    <name>TrainSection</name>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>This run</source>
        <translation>本次运行</translation>
    </message>
    <message>
        <source>Gradient norm by block</source>
        <translation>各模块的梯度范数</translation>
    </message>
    <message>
        <source>This is only a checkpoint: the curves of its training weren&apos;t kept with it.</source>
        <translation>这是单独的检查点：训练的曲线没有与它一起保存。</translation>
    </message>
    <message>
        <source>log axis</source>
        <translation>对数轴</translation>
    </message>
    <message>
        <source>on the same data, by {rows}; a tick draws it in the charts</source>
        <translation>同一份数据，按{rows}；勾选即画入图中</translation>
    </message>
    <message>
        <source>“{name}” has no figures of {rows} yet</source>
        <translation>“{name}”还没有{rows}上的数值</translation>
    </message>
    <message>
        <source>On {rows}</source>
        <translation>在{rows}上</translation>
    </message>
    <message>
        <source>{kept} of {done}</source>
        <translation>{done} 轮中的第 {kept} 轮</translation>
    </message>
    <message>
        <source>The epoch kept, of those tried</source>
        <translation>在试过的轮次中保留的那一轮</translation>
    </message>
    <message>
        <source>Epochs done; it trains until it stops improving, {all} at most</source>
        <translation>已完成的轮数；训练到不再变好为止，最多 {all} 轮</translation>
    </message>
    <message>
        <source>Epochs done, of those planned</source>
        <translation>计划中已完成的轮数</translation>
    </message>
    <message>
        <source>{done} of {all}</source>
        <translation>{done} / {all}</translation>
    </message>
    <message>
        <source>‖∂loss/∂weights‖ of each epoch&apos;s last batch, on one log axis for all</source>
        <translation>每轮最后一个批次的 ‖∂loss/∂weights‖，各块共用一条对数轴</translation>
    </message>
    <message>
        <source>{value} of “{name}”</source>
        <translation>“{name}” {value}</translation>
    </message>
    <message>
        <source>{measure} on {rows}: {own} of this run, {others}; not paired, so no error is known</source>
        <translation>{rows}上的{measure}：本次运行 {own}，{others}；未配对，因此不知道误差</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Mean loss of the batches: what training lowers</source>
        <translation>各批次的平均损失：训练所降低的</translation>
    </message>
    <message>
        <source>Train loss</source>
        <translation>训练损失</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>剩余</translation>
    </message>
</context>
<context>
    <name>Trainer</name>
    <message>
        <source>Divergence</source>
        <translation>发散</translation>
    </message>
</context>
<context>
    <name>TrainingPanel</name>
    <message>
        <source>A number of epochs</source>
        <translation>固定轮数</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>Time limit, minutes</source>
        <translation>时间上限，分钟</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Until it stops improving</source>
        <translation>直到不再变好</translation>
    </message>
    <message>
        <source>It stops when two epochs in a row brought no improvement on held-out rows</source>
        <translation>在留出的行上连续两轮没有变好时，自动停止</translation>
    </message>
    <message>
        <source>Exactly this many passes over all rows</source>
        <translation>正好遍历所有行这么多次</translation>
    </message>
    <message>
        <source>How many times all rows are learned from</source>
        <translation>所有行学习多少遍</translation>
    </message>
    <message>
        <source>It ends properly after this long, wherever it is; empty for no limit</source>
        <translation>到时无论进行到哪里，都正常结束；留空则不设上限</translation>
    </message>
    <message>
        <source>Another seed draws other initial weights and batches</source>
        <translation>换一个种子，抽取的初始权重与批次就不同</translation>
    </message>
    <message>
        <source>{epochs} epochs at most</source>
        <translation>最多 {epochs} 轮</translation>
    </message>
    <message>
        <source>Change seed</source>
        <translation>改变随机种子</translation>
    </message>
    <message>
        <source>Change epochs</source>
        <translation>改变轮数</translation>
    </message>
    <message>
        <source>Change time limit</source>
        <translation>改变时间上限</translation>
    </message>
</context>
<context>
    <name>TransportBar</name>
    <message>
        <source>EPOCH</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>TRAIN LOSS</source>
        <translation>训练损失</translation>
    </message>
    <message>
        <source>Mean loss over the training set: what training lowers</source>
        <translation>训练集上的平均损失：训练就是要降低它</translation>
    </message>
    <message>
        <source>TEST LOSS</source>
        <translation>测试损失</translation>
    </message>
    <message>
        <source>TEST ACCURACY</source>
        <translation>测试准确率</translation>
    </message>
    <message>
        <source>Training speed. Slow lets you follow every step</source>
        <translation>训练速度。慢速时每一步都看得清</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>How many times each training sample has been seen</source>
        <translation>每个训练样本已经用过多少遍</translation>
    </message>
    <message>
        <source>Mean loss over samples never used in training; if it rises while the training loss falls, the network is memorising its samples</source>
        <translation>在训练从未见过的样本上的平均损失；若它上升而训练损失下降，说明网络在死记样本</translation>
    </message>
    <message>
        <source>More of the bar</source>
        <translation>更多项目</translation>
    </message>
    <message>
        <source>What doesn&apos;t fit in the bar: speed, and when to stop</source>
        <translation>工具栏放不下的项目：速度，以及何时停止</translation>
    </message>
    <message>
        <source>Computed by</source>
        <translation>计算后端：</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Runs {count}</source>
        <translation>运行 {count}</translation>
    </message>
    <message>
        <source>{play} Speed: {speed}; {key} switches to full speed and back.</source>
        <translation>{play} 速度：{speed}；按 {key} 切换到全速，再按一次切回。</translation>
    </message>
    <message>
        <source>Share of the test samples that get the right class</source>
        <translation>判对类别的测试样本所占比例</translation>
    </message>
    <message>
        <source>TEST R²</source>
        <translation>测试 R²</translation>
    </message>
    <message>
        <source>Share of the test targets&apos; variance that is explained; 1 is perfect</source>
        <translation>测试目标的方差中得到解释的比例；1 为完美</translation>
    </message>
</context>
<context>
    <name>Trend</name>
    <message>
        <source>broke down</source>
        <translation>训练崩溃</translation>
    </message>
    <message>
        <source>{name} not yet</source>
        <translation>{name} 尚无</translation>
    </message>
    <message>
        <source>Drag to see the layers at another step; Left and Right go step by step</source>
        <translation>拖动可查看训练若干步之后的各层；左右键逐步移动</translation>
    </message>
    <message>
        <source>Train them to see a curve for every network here.</source>
        <translation>开始训练，这里就会为每个网络画出一条曲线。</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>step {step}</source>
        <translation>第 {step} 步</translation>
    </message>
    <message>
        <source>Step {step}: {values}</source>
        <translation>第 {step} 步：{values}</translation>
    </message>
</context>
<context>
    <name>TrialCard</name>
    <message>
        <source>Cures tried on copies</source>
        <translation>在副本上试验的对策</translation>
    </message>
    <message>
        <source>Doctor</source>
        <translation>诊断</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close the doctor</source>
        <translation>关闭诊断面板</translation>
    </message>
    <message>
        <source>tries each cure on a copy…</source>
        <translation>正在副本上逐一试验各种对策…</translation>
    </message>
    <message>
        <source>on copies of epoch {at}, {epochs} more each</source>
        <translation>在第 {at} 轮的副本上，再各训练 {epochs} 轮</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>维持现状</translation>
    </message>
    <message>
        <source>Not enough on their own</source>
        <translation>仅靠它们还不够</translation>
    </message>
    <message>
        <source>It needs no cure: it does as well without one as with any.</source>
        <translation>无需对策：保持原样，它的表现不逊于采用任何一种对策。</translation>
    </message>
    <message>
        <source>Some do better, but none well enough within these epochs.</source>
        <translation>有些略有改善，但在这些轮次内都还不够。</translation>
    </message>
    <message>
        <source>What is changed in the copy before it trains</source>
        <translation>副本训练之前做的改动</translation>
    </message>
    <message>
        <source>None of them helps within these epochs.</source>
        <translation>在这些轮次内，没有一种对策有效。</translation>
    </message>
    <message>
        <source>cure</source>
        <translation>对策</translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>What of the last hidden layer&apos;s error signal reaches the first one, after the epochs</source>
        <translation>这些轮次之后，最后一个隐藏层的误差信号有多少传到第一个隐藏层</translation>
    </message>
    <message>
        <source>On the test points, after the epochs</source>
        <translation>这些轮次之后，在测试点上</translation>
    </message>
    <message>
        <source>broke down</source>
        <translation>训练崩溃</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Apply {cure}</source>
        <translation>应用：{cure}</translation>
    </message>
</context>
<context>
    <name>TruthModel</name>
    <message>
        <source>output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Click to change the target: the table becomes your own (Space)</source>
        <translation>点击可改变目标：真值表随之成为自定义（空格键）</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>尚无</translation>
    </message>
    <message>
        <source>right</source>
        <translation>对</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>错</translation>
    </message>
    <message>
        <source>{row}: {words}</source>
        <translation>{row}：{words}</translation>
    </message>
</context>
<context>
    <name>TruthTable</name>
    <message>
        <source>Truth table</source>
        <translation>真值表</translation>
    </message>
</context>
<context>
    <name>TryInput</name>
    <message>
        <source>The input&apos;s values</source>
        <translation>输入的值</translation>
    </message>
    <message>
        <source>Play this</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Play the pass of this input through the network</source>
        <translation>播放这个输入在网络中的传播</translation>
    </message>
    <message>
        <source>The value of {name} to ask the network about</source>
        <translation>要问网络的 {name} 值</translation>
    </message>
</context>
<context>
    <name>UndoNotice</name>
    <message>
        <source>The weights around “{edit}” were dropped to save memory, so only this weight changes.</source>
        <translation>为节省内存，“{edit}”前后的权重未保留，因此只改变这一个权重。</translation>
    </message>
    <message>
        <source>The weights around “{edit}” were dropped to save memory, so only the setting changes.</source>
        <translation>为节省内存，“{edit}”前后的权重已被丢弃，因此只更改该设置。</translation>
    </message>
    <message>
        <source>The weights around “{edit}” were dropped to save memory, so the network starts untrained.</source>
        <translation>为节省内存，“{edit}”前后的权重已被舍弃，因此网络从未训练的状态开始。</translation>
    </message>
    <message>
        <source>“{edit}” and the training since are undone. Redo restores both.</source>
        <translation>已撤销“{edit}”以及此后的训练。重做可将两者一并恢复。</translation>
    </message>
</context>
<context>
    <name>UnitCard</name>
    <message>
        <source>Weights as an image</source>
        <translation>权重图像</translation>
    </message>
    <message>
        <source>Training images that excite the unit most</source>
        <translation>最能激发该单元的训练图像</translation>
    </message>
    <message>
        <source>Ink on {positive} pixels excites it, ink on {negative} ones inhibits it.</source>
        <translation>{positive}像素上的墨迹激发它，{negative}像素上的墨迹抑制它。</translation>
    </message>
    <message>
        <source>Unit {number} of {layer}</source>
        <translation>{layer} 的单元 {number}</translation>
    </message>
    <message>
        <source>Where does this number come from?</source>
        <translation>这个数从哪里来？</translation>
    </message>
    <message>
        <source>answers this image</source>
        <translation>对这张图像的回答</translation>
    </message>
    <message>
        <source>adds to the z of {name}</source>
        <translation>给 {name} 的 z 加上</translation>
    </message>
    <message>
        <source>and to that of {name}</source>
        <translation>给 {name} 的 z 加上</translation>
    </message>
    <message>
        <source>Training image {row}: {name}</source>
        <translation>训练图像 {row}：{name}</translation>
    </message>
    <message>
        <source>no training image excites it</source>
        <translation>没有训练图像能激发它</translation>
    </message>
    <message>
        <source>training images that excite it most</source>
        <translation>最能激发它的训练图像</translation>
    </message>
</context>
<context>
    <name>UnitsStrip</name>
    <message>
        <source>Units</source>
        <translation>单元</translation>
    </message>
    <message>
        <source>share of points that activate each</source>
        <translation>使各单元激活的点所占比例</translation>
    </message>
    <message>
        <source>share of points where each one isn&apos;t flat</source>
        <translation>使各单元不处于平坦区的点所占比例</translation>
    </message>
    <message>
        <source>share of points each is on; hatched: undefined</source>
        <translation>每个单元开启的样本比例；斜线：无定义</translation>
    </message>
    <message>
        <source>undef.</source>
        <translation>无定义</translation>
    </message>
    <message>
        <source>undefined for {share}</source>
        <translation>{share} 无定义</translation>
    </message>
    <message>
        <source>Unit {unit}: on for {share} of the training points</source>
        <translation>单元 {unit}：对 {share} 的训练点激活</translation>
    </message>
</context>
<context>
    <name>UpdateBars</name>
    <message>
        <source>{layer}: one step changes the weights by {ratio} of their size.</source>
        <translation>{layer}：一步使权重改变其大小的 {ratio}。</translation>
    </message>
    <message>
        <source>That is a lot: a smaller learning rate or clipping steadies it.</source>
        <translation>改动偏大：减小学习率或裁剪梯度可使其平稳。</translation>
    </message>
    <message>
        <source>That is little: raise the learning rate, unless the gradient is {vanishing_word} here.</source>
        <translation>改动偏小：可增大学习率，除非这里的梯度{vanishing_word}。</translation>
    </message>
    <message>
        <source>The {good} band, {low} to {high}, is a good pace.</source>
        <translation>{good}带（{low} 到 {high}）是合适的步调。</translation>
    </message>
</context>
<context>
    <name>UseFoot</name>
    <message>
        <source>Use it in the layer</source>
        <translation>用于该层</translation>
    </message>
    <message>
        <source>Put the selected activation into the playground&apos;s layer (Ctrl+Return); Ctrl+Z undoes it while it&apos;s the latest step</source>
        <translation>把选中的激活函数用于游乐场的那一层（Ctrl+Return）；只要它是最新的一步，Ctrl+Z 就能撤销</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Restore the earlier activation of the playground&apos;s layer (Ctrl+Z while it&apos;s the latest step)</source>
        <translation>让游乐场的那一层恢复原来的激活函数（只要它是最新的一步，也可按 Ctrl+Z）</translation>
    </message>
    <message>
        <source>Use {function} in {layer}</source>
        <translation>把 {function} 用于 {layer}</translation>
    </message>
    <message>
        <source>Undo in {layer}</source>
        <translation>在{layer}中撤销</translation>
    </message>
</context>
<context>
    <name>ValueBars</name>
    <message>
        <source>{words}, {share} of them a yes</source>
        <translation>{words}，其中 {share} 为是</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} 到 {last}</translation>
    </message>
    <message>
        <source>time (UTC)</source>
        <translation>时间（UTC）</translation>
    </message>
    <message>
        <source>events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>half of the held-out events are after {date}</source>
        <translation>留出的有一半在 {date} 之后</translation>
    </message>
    <message>
        <source>{events} {events:event|events} of {users} {users:user|users} and {items} {items:item|items}, without times.</source>
        <translation>{users} 位用户与 {items} 个物品的 {events} 次事件，没有时间。</translation>
    </message>
    <message>
        <source>{events} {events:event|events} of {users} {users:user|users} and {items} {items:item|items}, from {first} to {last} (UTC).</source>
        <translation>{users} 位用户与 {items} 个物品的 {events} 次事件，从 {first} 到 {last}（UTC）。</translation>
    </message>
    <message>
        <source>{rows} {rows:row|rows} of {columns} {columns:column|columns}, without a label.</source>
        <translation>{rows} 行，{columns} 列，没有标签。</translation>
    </message>
    <message>
        <source>{rows} {rows:row|rows} of {columns} {columns:column|columns}; “{label}” is {wanted} in {yes} of them.</source>
        <translation>{rows} 行，{columns} 列；其中 {yes} 行的“{label}”是{wanted}。</translation>
    </message>
    <message>
        <source>held out</source>
        <translation>留出</translation>
    </message>
    <message>
        <source>{size} events</source>
        <translation>{size} 次事件</translation>
    </message>
    <message>
        <source>of them a yes</source>
        <translation>其中为是</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>all others</source>
        <translation>其余全部</translation>
    </message>
</context>
<context>
    <name>VectorsPanel</name>
    <message>
        <source>Size of each item&apos;s vector in a history; the tower&apos;s last layer makes the user&apos;s vector</source>
        <translation>历史中每个物品的向量含多少个数；用户的向量由塔的最后一层得出</translation>
    </message>
    <message>
        <source>Dimensions</source>
        <translation>维数</translation>
    </message>
    <message>
        <source>Train with two dimensions</source>
        <translation>以二维训练</translation>
    </message>
    <message>
        <source>A new run with vectors of two numbers, which a map can show as they are</source>
        <translation>新的运行，向量各含两个数，地图可以原样显示</translation>
    </message>
    <message>
        <source>With two dimensions, the map is exact: nothing is projected.</source>
        <translation>二维时，地图就是实情：没有任何投影。</translation>
    </message>
    <message>
        <source>Change dimensions</source>
        <translation>改变维数</translation>
    </message>
</context>
<context>
    <name>Verdict</name>
    <message>
        <source>Stopped at step {step}.</source>
        <translation>在第 {step} 步停止。</translation>
    </message>
    <message>
        <source>A weight of {layer} is {value} by itself.</source>
        <translation>{layer} 有一个权重本身就是 {value}。</translation>
    </message>
    <message>
        <source>From step {step} on ‖δ‖ of {layer} grew {factor}× a step.</source>
        <translation>从第 {step} 步起，{layer} 的 ‖δ‖ 每步增大到原来的 {factor} 倍。</translation>
    </message>
    <message>
        <source>At step {step} the update of {layer} was {factor}× its weights.</source>
        <translation>第 {step} 步时，{layer} 的更新量是其权重的 {factor} 倍。</translation>
    </message>
    <message>
        <source>At step {step} the weighted sums z of {layer} reached {factor}.</source>
        <translation>第 {step} 步时，{layer} 的加权和 z 达到 {factor}。</translation>
    </message>
    <message>
        <source>The weighted sums z of {layer} were no longer finite.</source>
        <translation>{layer} 的加权和 z 不再是有限数。</translation>
    </message>
    <message>
        <source>The loss was no longer finite.</source>
        <translation>损失不再是有限数。</translation>
    </message>
    <message>
        <source>The gradient of {layer} was no longer finite.</source>
        <translation>{layer} 的梯度不再是有限数。</translation>
    </message>
    <message>
        <source>The weights of {layer} would no longer have been finite.</source>
        <translation>{layer} 的权重将不再是有限数。</translation>
    </message>
    <message>
        <source>The weights of {layer} would have grown beyond {limit}.</source>
        <translation>{layer} 的权重将超过 {limit}。</translation>
    </message>
    <message>
        <source>‖δ‖ of {layer} is {ratio} × {last}’s; {low} to {high} is steady.</source>
        <translation>{layer} 的 ‖δ‖ 是 {last} 的 {ratio} 倍；{low} 到 {high} 为稳定。</translation>
    </message>
    <message>
        <source>The loss isn&apos;t falling.</source>
        <translation>损失没有下降。</translation>
    </message>
    <message>
        <source>R² is {score} on the training points, at a loss of {loss}.</source>
        <translation>训练点上 R² 为 {score}，损失为 {loss}。</translation>
    </message>
    <message>
        <source>Every training point is right, at a loss of {loss}.</source>
        <translation>所有训练点都判对，损失为 {loss}。</translation>
    </message>
    <message>
        <source>Solved.</source>
        <translation>解出了。</translation>
    </message>
    <message>
        <source>Learnt.</source>
        <translation>学会了。</translation>
    </message>
    <message>
        <source>R² is {train} on the training points and {test} on the test points.</source>
        <translation>R² 在训练点上为 {train}，在测试点上为 {test}。</translation>
    </message>
    <message>
        <source>{train} of the training points are right, of the test points {test}.</source>
        <translation>训练点判对 {train}，测试点判对 {test}。</translation>
    </message>
    <message>
        <source>{weights} weights for {points} points.</source>
        <translation>{points} 个点，却有 {weights} 个权重。</translation>
    </message>
    <message>
        <source>More points help, fewer inputs or units, L2 or dropout.</source>
        <translation>更多的点、更少的输入或单元、L2 或随机失活都有帮助。</translation>
    </message>
    <message>
        <source>Learnt by heart.</source>
        <translation>在死记硬背。</translation>
    </message>
    <message>
        <source>unit {number}</source>
        <translation>单元 {number}</translation>
    </message>
    <message>
        <source>this layer</source>
        <translation>该层</translation>
    </message>
    <message>
        <source>{function} has no value at {z}, a weighted sum of {layer}.</source>
        <translation>{function} 在 {z} 处没有值，而这是 {layer} 的一个加权和。</translation>
    </message>
    <message>
        <source>{function} isn&apos;t finite at {z}, a weighted sum of {layer}.</source>
        <translation>{function} 在 {z} 处不是有限的数，而这是 {layer} 的一个加权和。</translation>
    </message>
    <message>
        <source>The slope of {function} isn&apos;t finite at {z}, a weighted sum of {layer}.</source>
        <translation>{function} 在 {z} 处的斜率不是有限的数，而这是 {layer} 的一个加权和。</translation>
    </message>
    <message>
        <source>saturation not counted: f′ has no largest value</source>
        <translation>未统计饱和：f′ 没有最大值</translation>
    </message>
    <message>
        <source>undefined for {count} of {all} z</source>
        <translation>{all} 个 z 中有 {count} 个无定义</translation>
    </message>
    <message>
        <source>{units} {trouble}</source>
        <translation>{units} {trouble}</translation>
    </message>
    <message>
        <source>{count} {trouble}</source>
        <translation>{count} 个{trouble}</translation>
    </message>
    <message>
        <source>{count} of {units}</source>
        <translation>{count}/{units}</translation>
    </message>
    <message>
        <source>units {numbers}</source>
        <translation>单元 {numbers}</translation>
    </message>
    <message>
        <source>Undo goes back to {moment}.</source>
        <translation>撤销可回到{moment}。</translation>
    </message>
    <message>
        <source>the weights of step {step}</source>
        <translation>第 {step} 步的权重</translation>
    </message>
    <message>
        <source>the start weights</source>
        <translation>初始权重</translation>
    </message>
    <message>
        <source>The learning rate is {value}.</source>
        <translation>学习率为 {value}。</translation>
    </message>
    <message>
        <source>The L1 penalty is {value}.</source>
        <translation>L1 惩罚为 {value}。</translation>
    </message>
    <message>
        <source>The L2 penalty is {value}.</source>
        <translation>L2 惩罚为 {value}。</translation>
    </message>
    <message>
        <source>The weight decay is {value}.</source>
        <translation>权重衰减为 {value}。</translation>
    </message>
    <message>
        <source>Gradients are cut to the norm {value}.</source>
        <translation>梯度被裁剪到范数 {value}。</translation>
    </message>
    <message>
        <source>Start weights are drawn at the scale {value}.</source>
        <translation>初始权重的缩放为 {value}。</translation>
    </message>
    <message>
        <source>In all, its steps changed the weights by less than {share}.</source>
        <translation>至今的所有步总共只让权重改变了不到 {share}。</translation>
    </message>
    <message>
        <source>Hardly any network learns above {limit}.</source>
        <translation>高于 {limit} 时几乎没有网络能学习。</translation>
    </message>
    <message>
        <source>Hardly any network learns below {limit}.</source>
        <translation>低于 {limit} 时几乎没有网络能学习。</translation>
    </message>
    <message>
        <source>The data contains a value that isn&apos;t a finite number: no setting of the network cures that.</source>
        <translation>数据本身含有非有限的值：网络的任何设置都解决不了。</translation>
    </message>
    <message>
        <source>Choose another function.</source>
        <translation>请改用别的函数。</translation>
    </message>
    <message>
        <source>Choose another function, a lower rate or smaller weights.</source>
        <translation>请改用别的函数，或降低学习率、减小权重。</translation>
    </message>
    <message>
        <source>The numbers aren&apos;t standardised.</source>
        <translation>数值未标准化。</translation>
    </message>
    <message>
        <source>The data has outliers.</source>
        <translation>数据中有离群值。</translation>
    </message>
    <message>
        <source>Outliers rule the loss.</source>
        <translation>离群值左右着损失。</translation>
    </message>
    <message>
        <source>The loss is {loss}; before the latest change it was down to {least}.</source>
        <translation>损失为 {loss}；最近一次改动之前曾降到 {least}。</translation>
    </message>
    <message>
        <source>Learning again.</source>
        <translation>正在重新学习。</translation>
    </message>
    <message>
        <source>All weights of {layers} are 0.</source>
        <translation>{layers} 的权重全为 0。</translation>
    </message>
    <message>
        <source>0 times anything is 0: no input and no gradient gets through.</source>
        <translation>0 乘以任何数都是 0：输入和梯度都传不过去。</translation>
    </message>
    <message>
        <source>{count} layers</source>
        <translation>{count} 个层</translation>
    </message>
    <message>
        <source>Start weights are too large in {layers}.</source>
        <translation>初始权重过大：{layers}。</translation>
    </message>
    <message>
        <source>They are up to {factor} times the usual.</source>
        <translation>最大达到通常的 {factor} 倍。</translation>
    </message>
    <message>
        <source>R² is {score} on the training points; the loss isn&apos;t falling any more.</source>
        <translation>训练点上的 R² 为 {score}；损失不再下降。</translation>
    </message>
    <message>
        <source>{score} of the training points are right; the loss isn&apos;t falling any more.</source>
        <translation>训练点判对 {score}；损失不再下降。</translation>
    </message>
    <message>
        <source>Mostly learnt.</source>
        <translation>基本学会。</translation>
    </message>
    <message>
        <source>A network that is sure of its answers looks like this.</source>
        <translation>对自己的答案有把握的网络就是这个样子。</translation>
    </message>
    <message>
        <source>Learning.</source>
        <translation>正在学习。</translation>
    </message>
    <message>
        <source>Too early to say.</source>
        <translation>尚无法判断。</translation>
    </message>
    <message>
        <source>No better than one answer for all points.</source>
        <translation>不比对所有点都给同一个答案更好。</translation>
    </message>
    <message>
        <source>So the network fits one flat plane.</source>
        <translation>因此网络只能拟合出一个平面。</translation>
    </message>
    <message>
        <source>So the network draws straight lines alone, one for two classes.</source>
        <translation>因此网络只能画出直线边界，两类之间只有一条。</translation>
    </message>
    <message>
        <source>All hidden units are linear.</source>
        <translation>隐藏单元全都是线性的。</translation>
    </message>
    <message>
        <source>In one step the weights of {layer} changed by {factor} times their size.</source>
        <translation>{layer} 的权重一步就改变了自身大小的 {factor} 倍。</translation>
    </message>
    <message>
        <source>The learning rate {rate} is too high.</source>
        <translation>学习率 {rate} 太高。</translation>
    </message>
    <message>
        <source>It is {loss}, more than {times} times what one answer for all points costs.</source>
        <translation>损失为 {loss}，是对所有点都给同一个答案时的 {times} 倍以上。</translation>
    </message>
    <message>
        <source>The loss is far off.</source>
        <translation>损失偏离得太远。</translation>
    </message>
    <message>
        <source>{count} units</source>
        <translation>{count} 个单元</translation>
    </message>
    <message>
        <source>units {numbers} and {last}</source>
        <translation>单元 {numbers} 和 {last}</translation>
    </message>
    <message>
        <source>{layer} is stuck.</source>
        <translation>{layer} 卡住了。</translation>
    </message>
    <message>
        <source>{layer} is saturated.</source>
        <translation>{layer}已饱和。</translation>
    </message>
    <message>
        <source>What comes out of it isn&apos;t a finite number for some training points.</source>
        <translation>对部分训练点，它的输出不是有限的数。</translation>
    </message>
    <message>
        <source>Where it is wrong, hardly any gradient comes back.</source>
        <translation>在它判错的地方，几乎没有梯度传回。</translation>
    </message>
    <message>
        <source>f′ is nearly 0 for most training points; yet the loss falls.</source>
        <translation>在大多数训练点上 f′ 几乎为 0，但损失仍在下降。</translation>
    </message>
    <message>
        <source>f′ is nearly 0 for most training points; yet R² is {score} on them.</source>
        <translation>在大多数训练点上 f′ 几乎为 0；但训练点上的 R² 已达 {score}。</translation>
    </message>
    <message>
        <source>f′ is nearly 0 for most training points; yet {score} of them are right.</source>
        <translation>在大多数训练点上 f′ 几乎为 0；但其中 {score} 已经答对。</translation>
    </message>
</context>
<context>
    <name>VerdictCard</name>
    <message>
        <source>Try every cure on a copy of this network</source>
        <translation>在这个网络的副本上试验每一种对策</translation>
    </message>
    <message>
        <source>at the start: {told}</source>
        <translation>起始时：{told}</translation>
    </message>
    <message>
        <source>measuring …</source>
        <translation>正在测量……</translation>
    </message>
    <message>
        <source>What would cure it?</source>
        <translation>怎样才能治好？</translation>
    </message>
    <message>
        <source>‖δ‖ {told}</source>
        <translation>‖δ‖ {told}</translation>
    </message>
    <message>
        <source>First guess what happens to the signal, or reveal it.</source>
        <translation>先猜信号会变成怎样；或直接揭晓。</translation>
    </message>
</context>
<context>
    <name>VerdictRow</name>
    <message>
        <source>Compare…</source>
        <translation>比较…</translation>
    </message>
    <message>
        <source>Try each cure on a copy</source>
        <translation>在副本上逐一试验各种对策</translation>
    </message>
    <message>
        <source>Try each cure on a copy of the network and see the result</source>
        <translation>在网络的副本上逐一试验各种对策，看结果如何</translation>
    </message>
    <message>
        <source>The next finding about the network</source>
        <translation>关于网络的下一条诊断</translation>
    </message>
    <message>
        <source>Looking for a cure…</source>
        <translation>正在寻找对策…</translation>
    </message>
    <message>
        <source>Remedy</source>
        <translation>对策</translation>
    </message>
    <message>
        <source>Trying “{cure}” on a copy…</source>
        <translation>正在副本上尝试“{cure}”…</translation>
    </message>
    <message>
        <source>{at} of {count} ›</source>
        <translation>{at}/{count} ›</translation>
    </message>
    <message>
        <source>More ›</source>
        <translation>更多 ›</translation>
    </message>
    <message>
        <source>Next finding</source>
        <translation>下一条诊断</translation>
    </message>
    <message>
        <source>The network has changed since this was tried. Leave the button to see what helps now.</source>
        <translation>试验之后，网络已经变了。移开按钮，就能看到现在有效的对策。</translation>
    </message>
</context>
<context>
    <name>Voice</name>
    <message>
        <source>{title} is open</source>
        <translation>{title} 已打开</translation>
    </message>
    <message>
        <source>Undone: {step}</source>
        <translation>已撤销：{step}</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Finished, {state}</source>
        <translation>已完成，{state}</translation>
    </message>
    <message>
        <source>Paused, {state}</source>
        <translation>已暂停，{state}</translation>
    </message>
    <message>
        <source>epoch {epoch}, train loss {train}, test loss {test}</source>
        <translation>第 {epoch} 轮，训练损失 {train}，测试损失 {test}</translation>
    </message>
    <message>
        <source>Step {step}, {state}</source>
        <translation>第 {step} 步，{state}</translation>
    </message>
</context>
<context>
    <name>Walker</name>
    <message>
        <source>Will it fire for the inputs {row}: is z positive or negative?</source>
        <translation>输入为 {row} 时它会激活吗：z 为正还是为负？</translation>
    </message>
    <message>
        <source>Hint: add the weights of the inputs that are 1, then the bias.</source>
        <translation>提示：把输入为 1 的各权重相加，再加上偏置。</translation>
    </message>
    <message>
        <source>Step through the rows: you&apos;re asked for each sum before it&apos;s shown.</source>
        <translation>逐行演示：每个和显示之前，会先问你它是多少。</translation>
    </message>
    <message>
        <source>Play: before each step you&apos;re asked what it changes.</source>
        <translation>点“播放”：每一步之前，都会问你它改变了什么。</translation>
    </message>
    <message>
        <source>This row&apos;s sum is already known; it follows the weights.</source>
        <translation>这一行的和已经知道了；它随权重变化。</translation>
    </message>
    <message>
        <source>Row {row}, target {t}: by how much does this step change {parameter}?</source>
        <translation>第 {row} 行，目标 {t}：这一步使 {parameter} 改变多少？</translation>
    </message>
    <message>
        <source>Hint: work out z, then y; the step adds η (t − y) x.</source>
        <translation>提示：先算出 z，再算出 y；这一步加上 η (t − y) x。</translation>
    </message>
    <message>
        <source>Hint: work out z, then y; the step adds η (t − y).</source>
        <translation>提示：先算出 z，再算出 y；这一步加上 η (t − y)。</translation>
    </message>
    <message>
        <source>What is z for the inputs {row}?</source>
        <translation>输入为 {row} 时，z 是多少？</translation>
    </message>
    <message>
        <source>fires</source>
        <translation>激活</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>不激活</translation>
    </message>
    <message>
        <source>right</source>
        <translation>对</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>错</translation>
    </message>
    <message>
        <source>Inputs {x}</source>
        <translation>输入 {x}</translation>
    </message>
    <message>
        <source>Weighted: {products}</source>
        <translation>加权：{products}</translation>
    </message>
    <message>
        <source>Sum z = {z}</source>
        <translation>和 z = {z}</translation>
    </message>
    <message>
        <source>Output {y}, {fires}; the target is {target}: {judged}</source>
        <translation>输出 {y}，{fires}；目标为 {target}：{judged}</translation>
    </message>
</context>
<context>
    <name>WatchRow</name>
    <message>
        <source>not seen yet</source>
        <translation>尚未看到</translation>
    </message>
    <message>
        <source>seen at epoch {epoch}</source>
        <translation>第 {epoch} 轮看到</translation>
    </message>
</context>
<context>
    <name>WatchTimePanel</name>
    <message>
        <source>Clicks weigh their watch time</source>
        <translation>点击按观看时长加权</translation>
    </message>
    <message>
        <source>A negative for each click</source>
        <translation>每次点击加一个负样本</translation>
    </message>
    <message>
        <source>x² and √x beside each x</source>
        <translation>每个 x 旁加 x² 与 √x</translation>
    </message>
    <message>
        <source>A click counts by its watch time, an impression without a click as 1</source>
        <translation>点击按其观看时长计权重，没有点击的展示计 1</translation>
    </message>
    <message>
        <source>One extra negative of weight 1 per click makes the expected time exact; without it, it&apos;s too long by 1/(1 − p) at click rate p</source>
        <translation>每次点击再加一个权重为 1 的负样本：预期时长便是精确的；否则点击率为 p 时，它是应有值的 1/(1 − p) 倍</translation>
    </message>
    <message>
        <source>Powers of each number, which make nonlinear functions easier to learn</source>
        <translation>每个数值的幂，便于构成弯曲的函数</translation>
    </message>
    <message>
        <source>e to the z overestimates by 1/(1 − p) at click rate p.</source>
        <translation>点击率为 p 时，e 的 z 次方偏高，是应有值的 1/(1 − p) 倍。</translation>
    </message>
    <message>
        <source>e to the z is the odds of a click, not a time.</source>
        <translation>e 的 z 次方是点击的几率，而不是时长。</translation>
    </message>
    <message>
        <source>e to the z is the expected watch time.</source>
        <translation>e 的 z 次方就是预期观看时长。</translation>
    </message>
</context>
<context>
    <name>Waterfall</name>
    <message>
        <source>deep part, {layers}</source>
        <translation>深部分，{layers}</translation>
    </message>
    <message>
        <source>logit</source>
        <translation>logit</translation>
    </message>
    <message>
        <source>more exactly {sum}; the last digit is adjusted so the numbers add up</source>
        <translation>更准确为 {sum}；末位的取法使各数相加吻合</translation>
    </message>
    <message>
        <source>The bias is the same for every row.</source>
        <translation>偏置对每一行都相同。</translation>
    </message>
    <message>
        <source>What the hidden layers make of the embeddings and numbers of this row.</source>
        <translation>隐藏层由此行的嵌入与数字得出的结果。</translation>
    </message>
    <message>
        <source>wide</source>
        <translation>宽</translation>
    </message>
    <message>
        <source>deep</source>
        <translation>深</translation>
    </message>
    <message>
        <source>bias</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>wide + deep + bias is the logit; σ(logit) = 1 / (1 + e^−logit) is the probability</source>
        <translation>宽 + 深 + 偏置即 logit；σ(logit) = 1 / (1 + e^−logit) 即概率</translation>
    </message>
    <message>
        <source>{cross}: no training row has it, so its weight has never moved</source>
        <translation>{cross}：没有训练行含有它，因此它的权重从未动过</translation>
    </message>
    <message>
        <source>{cross}: 1 training row has it</source>
        <translation>{cross}：1 个训练行含有它</translation>
    </message>
    <message>
        <source>{cross}: {count} training rows have it</source>
        <translation>{cross}：{count} 个训练行含有它</translation>
    </message>
    <message>
        <source>{cross}: others may share its weight (hashed); no training row has any of them, so it has never moved</source>
        <translation>{cross}：别的组合可能共用它的权重（哈希）；没有训练行含有其中任何一个，因此它从未动过</translation>
    </message>
    <message>
        <source>bias: where every row starts</source>
        <translation>偏置：所有人的起点</translation>
    </message>
    <message>
        <source>{count} further {count:cross|crosses}</source>
        <translation>另外 {count} 个交叉</translation>
    </message>
    <message>
        <source>{count} single {count:column|columns}</source>
        <translation>{count} 个单列</translation>
    </message>
    <message>
        <source>The sum of everything; its logistic is the probability.</source>
        <translation>以上全部之和；它的 logistic 即概率。</translation>
    </message>
    <message>
        <source>{cross}: others may share its weight (hashed); 1 training row has one of them</source>
        <translation>{cross}：别的组合可能共用它的权重（哈希）；1 个训练行含有其中之一</translation>
    </message>
    <message>
        <source>{cross}: others may share its weight (hashed); {count} training rows have one of them</source>
        <translation>{cross}：别的组合可能共用它的权重（哈希）；{count} 个训练行含有其中之一</translation>
    </message>
    <message>
        <source>wide {sum}</source>
        <translation>宽 {sum}</translation>
    </message>
</context>
<context>
    <name>WeightImage</name>
    <message>
        <source>Line {line}, column {column}: no training image has ink here, so its weight never learns</source>
        <translation>第 {line} 行，第 {column} 列：没有训练图像在这里有墨迹，所以它的权重永远不会学习</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: w = {weight}</source>
        <translation>第 {line} 行，第 {column} 列：w = {weight}</translation>
    </message>
</context>
<context>
    <name>WeightMatrix</name>
    <message>
        <source>bias of unit {unit}: {value}</source>
        <translation>单元 {unit} 的偏置：{value}</translation>
    </message>
    <message>
        <source>W[{unit}, {column}] = {value}, from input {column} to unit {unit}</source>
        <translation>W[{unit}, {column}] = {value}，从输入 {column} 到单元 {unit}</translation>
    </message>
    <message>
        <source>{count} {count:input|inputs} →</source>
        <translation>{count} 个输入 →</translation>
    </message>
</context>
<context>
    <name>WeightsTab</name>
    <message>
        <source>Click a layer to see its matrix</source>
        <translation>点一层查看其矩阵</translation>
    </message>
    <message>
        <source>Weights per layer</source>
        <translation>各层权重</translation>
    </message>
    <message>
        <source>Matrix</source>
        <translation>矩阵</translation>
    </message>
    <message>
        <source>{count} {count:weight|weights}</source>
        <translation>{count} 个权重</translation>
    </message>
    <message>
        <source>{weights} · largest {limit}</source>
        <translation>{weights} · 最大 {limit}</translation>
    </message>
    <message>
        <source>W and b of {layer}</source>
        <translation>{layer} 的 W 和 b</translation>
    </message>
</context>
<context>
    <name>WhyCard</name>
    <message>
        <source>The sum, step by step</source>
        <translation>逐步求和</translation>
    </message>
    <message>
        <source>The sum of this row</source>
        <translation>此行的和</translation>
    </message>
    <message>
        <source>Not known, as nothing answers at the moment.</source>
        <translation>目前没有程序作答，因此无法得知。</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>为什么</translation>
    </message>
    <message>
        <source>Loading …</source>
        <translation>正在载入……</translation>
    </message>
    <message>
        <source>Choose a row on the left.</source>
        <translation>在左边选择一行。</translation>
    </message>
    <message>
        <source>Why {percent}</source>
        <translation>为什么是 {percent}</translation>
    </message>
    <message>
        <source>the deep part alone: it has no weight that can be read by name</source>
        <translation>仅深部分：它没有可按名称读出的权重</translation>
    </message>
    <message>
        <source>its one cross, with its learned weight</source>
        <translation>它唯一的交叉，带有学到的权重</translation>
    </message>
    <message>
        <source>strongest of the {count} crosses first, each with its learned weight</source>
        <translation>{count} 个交叉中最强的在前，各带学到的权重</translation>
    </message>
    <message>
        <source>a weight for every single column; no cross adds to this row</source>
        <translation>每个单独的列各有一个权重；这一行没有交叉特征起作用</translation>
    </message>
</context>
<context>
    <name>WhyPanel</name>
    <message>
        <source>Why this item</source>
        <translation>为什么是这个物品</translation>
    </message>
    <message>
        <source>And in truth</source>
        <translation>实际情况</translation>
    </message>
    <message>
        <source>The item before</source>
        <translation>上一个物品</translation>
    </message>
    <message>
        <source>The item after</source>
        <translation>下一个物品</translation>
    </message>
    <message>
        <source>Which watches decide it</source>
        <translation>哪些观看起决定作用</translation>
    </message>
    <message>
        <source>v·u if left out</source>
        <translation>去掉它后的 v·u</translation>
    </message>
    <message>
        <source>not read</source>
        <translation>未读取</translation>
    </message>
    <message>
        <source>{title}: cosine {cosine}; with it the score is higher by {gives}</source>
        <translation>{title}：余弦 {cosine}；有它时得分高 {gives}</translation>
    </message>
    <message>
        <source>{title}: cosine {cosine}; too long ago to be read</source>
        <translation>{title}：余弦 {cosine}；时间太久，不再读取</translation>
    </message>
    <message>
        <source>{title}: cosine {cosine}; with it the score is lower by {gives}</source>
        <translation>{title}：余弦 {cosine}；有它时得分低 {gives}</translation>
    </message>
    <message>
        <source>{count} {count:watch|watches} in training</source>
        <translation>训练中 {count} 次观看</translation>
    </message>
    <message>
        <source>{user} watched it; that watch was held out.</source>
        <translation>{user}看过它；这次观看被留出。</translation>
    </message>
    <message>
        <source>{user} watched it next.</source>
        <translation>{user}接下来看了它。</translation>
    </message>
    <message>
        <source>{user} watched it for {seconds} s.</source>
        <translation>{user}看了它 {seconds} 秒。</translation>
    </message>
    <message>
        <source>The site&apos;s own rule: {rate} click it and then watch {seconds} s, so {mean} s on average.</source>
        <translation>网站自身的规律：{rate} 的人会点击，点击后观看 {seconds} 秒，即平均 {mean} 秒。</translation>
    </message>
</context>
<context>
    <name>WhyView</name>
    <message>
        <source>Four conditions that contradict each other</source>
        <translation>四个互相矛盾的条件</translation>
    </message>
    <message>
        <source>Conditions that contradict</source>
        <translation>互相矛盾的条件</translation>
    </message>
    <message>
        <source>{row}: {kept}</source>
        <translation>{row}：{kept}</translation>
    </message>
    <message>
        <source>Click a row to apply its inputs and see where its sum comes from</source>
        <translation>点击一行，设为该行的输入，并可看它的和从哪里来</translation>
    </message>
    <message>
        <source>What the table requires, row by row</source>
        <translation>真值表的要求，逐行列出</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>尚无</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>满足</translation>
    </message>
    <message>
        <source>not kept</source>
        <translation>未满足</translation>
    </message>
    <message>
        <source>fires</source>
        <translation>激活</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>不激活</translation>
    </message>
    <message>
        <source>{sum}, not {sign} 0</source>
        <translation>{sum}，并非 {sign} 0</translation>
    </message>
    <message>
        <source>add {rows}</source>
        <translation>{rows} 相加</translation>
    </message>
    <message>
        <source>No threshold separates {positive} from {negative}: change the weights.</source>
        <translation>没有阈值能把{positive}与{negative}分开：请改变权重。</translation>
    </message>
    <message>
        <source>A row in {positive} and one in {negative} both sum to {sum}, so no threshold separates them.</source>
        <translation>有一个{positive}行与一个{negative}行的和同为 {sum}，所以没有阈值能分开它们。</translation>
    </message>
    <message>
        <source>All rows have the same target: any threshold beyond all sums works.</source>
        <translation>所有行的要求都相同：阈值在所有的和之外即可。</translation>
    </message>
    <message>
        <source>With these weights every θ above {low} and up to {high} works.</source>
        <translation>用这组权重，大于 {low} 且不超过 {high} 的 θ 都可行。</translation>
    </message>
    <message>
        <source>Both cannot hold: no setting exists.</source>
        <translation>两者不能同时成立：没有可行的设置。</translation>
    </message>
    <message>
        <source>Both cannot hold.</source>
        <translation>两者不能同时成立。</translation>
    </message>
    <message>
        <source>searched as well: {solved} of {count} settings</source>
        <translation>另经搜索：{count} 种设置中有 {solved} 种可行</translation>
    </message>
    <message>
        <source>by search: {solved} of {count}</source>
        <translation>经搜索：{count} 个中有 {solved} 个</translation>
    </message>
    <message>
        <source>weighted sums</source>
        <translation>加权和</translation>
    </message>
</context>
<context>
    <name>WorkedCard</name>
    <message>
        <source>How this derivative follows from those of the parts, line by line</source>
        <translation>逐行说明这个导数如何由各部分的导数得出</translation>
    </message>
    <message>
        <source>Why this derivative</source>
        <translation>为什么是这个导数</translation>
    </message>
    <message>
        <source>Click a number: where does it come from?</source>
        <translation>点击一个数：它从哪里来？</translation>
    </message>
    <message>
        <source>Why {formula}?</source>
        <translation>为什么是 {formula}？</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>为什么？</translation>
    </message>
</context>
<context>
    <name>Workspaces</name>
    <message>
        <source>Activations</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>示例库</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>Neuron</source>
        <translation>神经元</translation>
    </message>
    <message>
        <source>Playground</source>
        <translation>游乐场</translation>
    </message>
    <message>
        <source>Recommend</source>
        <translation>推荐</translation>
    </message>
    <message>
        <source>Graph</source>
        <translation>计算图</translation>
    </message>
</context>
<context>
    <name>Worth</name>
    <message>
        <source>this network</source>
        <translation>此网络</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>毫秒</translation>
    </message>
    <message>
        <source>{probes} lists: {ms} ms, finds {recall}</source>
        <translation>查 {probes} 个列表：{ms} ms，找到 {recall}</translation>
    </message>
    <message>
        <source>{lists} {lists:list|lists}; measured over {users} {users:user|users}, the median of the times</source>
        <translation>{lists} 个列表；在 {users} 位用户上测量，时间取中位数</translation>
    </message>
    <message>
        <source>Your own history has no timeline, and nothing is held out.</source>
        <translation>自己的历史没有时间线，也没有留出的观看。</translation>
    </message>
    <message>
        <source>{watches}, in the order of the log, which has no times</source>
        <translation>{watches}，按日志次序，日志没有时间</translation>
    </message>
    <message>
        <source>{watches}, from {first} to {last} (UTC)</source>
        <translation>{watches}，从 {first} 到 {last}（UTC）</translation>
    </message>
    <message>
        <source>in the order of the log</source>
        <translation>按日志次序</translation>
    </message>
    <message>
        <source>{time} long</source>
        <translation>长 {time}</translation>
    </message>
    <message>
        <source>{count} {count:watch|watches}</source>
        <translation>{count} 次观看</translation>
    </message>
    <message>
        <source>trained on {count} {count:watch|watches}</source>
        <translation>在 {count} 次观看上训练</translation>
    </message>
    <message>
        <source>{days} days</source>
        <translation>{days} 天</translation>
    </message>
    <message>
        <source>the truth itself</source>
        <translation>真值本身</translation>
    </message>
    <message>
        <source>each video&apos;s mean</source>
        <translation>每个视频的均值</translation>
    </message>
    <message>
        <source>the mean for all</source>
        <translation>所有的总均值</translation>
    </message>
    <message>
        <source>logistic regression</source>
        <translation>逻辑回归</translation>
    </message>
    <message>
        <source>boosted trees</source>
        <translation>提升树</translation>
    </message>
    <message>
        <source>popular</source>
        <translation>热门</translation>
    </message>
    <message>
        <source>recently popular</source>
        <translation>近期热门</translation>
    </message>
    <message>
        <source>This network − {who}: {difference} points, so the two are level.</source>
        <translation>此网络 − {who}：{difference} 个百分点，因此两者持平。</translation>
    </message>
    <message>
        <source>This network − {who}: {difference} points, so this network is better.</source>
        <translation>此网络 − {who}：{difference} 个百分点，因此此网络更好。</translation>
    </message>
    <message>
        <source>This network − {who}: {difference} points, so {who} is better.</source>
        <translation>此网络 − {who}：{difference} 个百分点，因此 {who} 更好。</translation>
    </message>
</context>
<context>
    <name>WorthTab</name>
    <message>
        <source>Hit rates</source>
        <translation>命中率</translation>
    </message>
    <message>
        <source>Hit rate@{length}</source>
        <translation>命中率@{length}</translation>
    </message>
    <message>
        <source>{users} held-out {users:watch|watches}, all {items} {items:item|items} ranked by v·u</source>
        <translation>{users} 次留出的观看，{items} 件物品全部按 v·u 排序</translation>
    </message>
    <message>
        <source>{share} of the held-out watches are of items watched before, which are never recommended, so at most {most} can be hit.</source>
        <translation>留出的观看中 {share} 是以前看过的，而看过的从不推荐：最多能命中 {most}。</translation>
    </message>
    <message>
        <source>{share} of the held-out watches have another at the same second.</source>
        <translation>留出的观看中，{share} 与另一次观看在同一秒。</translation>
    </message>
</context>
<context>
    <name>WorthView</name>
    <message>
        <source>per cent, ± one standard error over the users</source>
        <translation>百分比，± 用户间的一个标准误</translation>
    </message>
</context>
<context>
    <name>YesField</name>
    <message>
        <source>What counts as a yes</source>
        <translation>什么算作是</translation>
    </message>
    <message>
        <source>The value of the label to predict</source>
        <translation>要预测的标签值</translation>
    </message>
    <message>
        <source>The number from which it counts as a yes</source>
        <translation>从哪个数字起算作是</translation>
    </message>
    <message>
        <source>A &amp;yes is</source>
        <translation>是指(&amp;Y)</translation>
    </message>
    <message>
        <source>“{value}”</source>
        <translation>“{value}”</translation>
    </message>
    <message>
        <source>a number from here on:</source>
        <translation>从此起的数字：</translation>
    </message>
</context>
<context>
    <name>_Dresser</name>
    <message>
        <source>Save &amp;in:</source>
        <translation>保存位置(&amp;I)：</translation>
    </message>
</context>
<context>
    <name>_Factors</name>
    <message>
        <source>weight {weight}</source>
        <translation>权重 {weight}</translation>
    </message>
    <message>
        <source>others may share it (hashed)</source>
        <translation>别的组合可能共用它（哈希）</translation>
    </message>
    <message>
        <source>{count} training {count:row|rows}</source>
        <translation>{count} 个训练行</translation>
    </message>
    <message>
        <source>cross, in any row</source>
        <translation>交叉（任意行）</translation>
    </message>
    <message>
        <source>training rows</source>
        <translation>训练行数</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>{pair} (hashed)</source>
        <translation>{pair}（哈希）</translation>
    </message>
    <message>
        <source>{pair}: weight {weight}; {rows}</source>
        <translation>{pair}：权重 {weight}；{rows}</translation>
    </message>
    <message>
        <source>{pair} and {others} others that share its weight (hashed): {weight}; {rows}</source>
        <translation>{pair} 以及与它共用权重（哈希）的另外 {others} 个：{weight}；{rows}</translation>
    </message>
</context>
<context>
    <name>_RowsView</name>
    <message>
        <source>Held-out rows</source>
        <translation>未参与训练的行</translation>
    </message>
    <message>
        <source>Click to sort; right-click to choose the columns</source>
        <translation>点击排序；右键选择列</translation>
    </message>
</context>
<context>
    <name>_Waiting</name>
    <message>
        <source>Evaluate the network and simpler models on every held-out watch, in another process</source>
        <translation>在另一进程中，用每一次留出的观看评判网络与简单模型</translation>
    </message>
    <message>
        <source>Work it out</source>
        <translation>计算</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop computing these figures</source>
        <translation>不再计算这些数字</translation>
    </message>
    <message>
        <source>Fitting simpler models to the same watches; this takes seconds to minutes.</source>
        <translation>正在用同样的观看拟合简单模型；需要几秒到几分钟。</translation>
    </message>
    <message>
        <source>Not computed yet.</source>
        <translation>尚未算出。</translation>
    </message>
    <message>
        <source>Simpler models are being fitted to two splits of the watches; one of them took {time}.</source>
        <translation>正在对观看的两种划分拟合简单模型；其中一种用了 {time}。</translation>
    </message>
</context>
</TS>
